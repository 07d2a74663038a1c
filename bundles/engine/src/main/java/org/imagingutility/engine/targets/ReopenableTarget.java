package org.imagingutility.engine.targets;

import java.util.Optional;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceProvider;
import org.imagingutility.api.device.TargetOptions;
import org.imagingutility.api.device.WritableDevice;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.engine.plugin.job.JobPlugins;
import org.imagingutility.engine.source.ReopenCheck;

/** The target of a restore, which is closed and opened again when a plug-in is replaced. For one thread. */
public final class ReopenableTarget {
    private final JobPlugins plugins;
    private final String reference;
    private TargetOptions options;
    private DeviceInfo opened;
    private boolean inPlace;
    private Optional<String> parked = Optional.empty();

    /** Creates the target {@code reference}, which is not opened yet. */
    public ReopenableTarget(JobPlugins plugins, String reference) {
        this.plugins = plugins;
        this.reference = reference;
    }

    /** Says whether what {@link #open} opens holds what was written before. */
    public boolean parked() {
        return parked.isPresent() || inPlace;
    }

    /** Opens the target, or opens it again. */
    public WritableDevice open(TargetOptions wanted) throws ImagingException {
        options = wanted;
        DeviceProvider provider = plugins.deviceProviderFor(reference);
        if (parked.isEmpty()) {
            WritableDevice target = provider.openTarget(reference, options);
            opened = target.info();
            return target;
        }
        WritableDevice target;
        try {
            target = provider.reopenTarget(reference, options, parked.get());
        } catch (TargetException e) {
            throw plugins.interrupted() ? e
                    : plugins.refuse(plugins.deviceProviders(), reference, "it does not open the target again: " + e.getMessage());
        }
        Optional<String> difference = ReopenCheck.difference(opened, target.info());
        if (difference.isPresent()) {
            park(target);
            target.close();
            throw plugins.refuse(plugins.deviceProviders(), reference, "its target is another one: " + difference.get());
        }
        return target;
    }

    /** Does {@code work}; if a plug-in interrupts it, the target is parked before it is closed. */
    public <T> T parkedIfInterrupted(WritableDevice target, JobPlugins.Step<T> work) throws ImagingException {
        try {
            return work.run();
        } catch (ImagingException | RuntimeException | LinkageError e) {
            parked = Optional.empty();
            inPlace = false;
            if (plugins.willResume()) {
                try {
                    park(target);
                } catch (ImagingException | RuntimeException | LinkageError parking) {
                    // then it starts over: what was written since the last force may be lost
                    e.addSuppressed(parking);
                }
            }
            throw e;
        }
    }

    private void park(WritableDevice target) throws ImagingException {
        boolean fresh = target.fresh();
        parked = target.park();
        // a device that was there before keeps what was written, whoever closes it
        inPlace = !fresh;
    }

    /** The job ends while its target is parked: it is opened once more, so that closing it takes away a file that was made. */
    public void giveUp(Throwable cause) {
        if (parked.isEmpty()) {
            return;
        }
        try {
            plugins.runResumable(() -> {
                plugins.deviceProviderFor(reference).reopenTarget(reference, options, parked.get()).close();
                return reference;
            });
        } catch (ImagingException | RuntimeException e) {
            cause.addSuppressed(e);
            plugins.monitor().notice("what was restored so far could not be taken away: \"" + reference
                    + "\" may be left unfinished");
        }
    }
}
