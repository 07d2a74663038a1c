package org.imagingutility.engine.source;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PluginGoneException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.snapshot.Snapshot;
import org.imagingutility.api.snapshot.SnapshotProvider;
import org.imagingutility.engine.plugin.job.JobPlugins;

/**
 * The snapshots that a job reads its devices from. A device is frozen when it is opened first; when it is opened again, be it
 * that a plug-in was replaced, the same snapshot is. For the thread that runs the job.
 */
public final class Snapshots {
    private final JobPlugins plugins;
    private final Map<String, String> idsByDevice = new LinkedHashMap<>();

    private Snapshots(JobPlugins plugins) {
        this.plugins = plugins;
    }

    /**
     * Does a job that reads its devices from snapshots of them. However it ends, the snapshots are released then.
     */
    public static <T> T during(JobPlugins plugins, JobPlugins.Step<T> job) throws ImagingException {
        Snapshots snapshots = new Snapshots(plugins);
        plugins.openDevicesBy(snapshots::open);
        boolean gone = false;
        try {
            return job.run();
        } catch (PluginGoneException e) {
            gone = true;
            throw e;
        } finally {
            plugins.openDevicesBy(null);
            snapshots.release(gone);
        }
    }

    /** Returns the options that resume what a job left: with a new snapshot, which is another moment, all is compared. */
    public static String resumeOptions(boolean snapshot) {
        return snapshot ? "--resume --resume-check full" : "--resume";
    }

    private Device open(String reference) throws ImagingException {
        SnapshotProvider provider = provider(reference);
        String id = idsByDevice.get(reference);
        Snapshot snapshot = id == null ? freeze(provider, reference) : provider.reopen(id);
        try {
            String frozen = snapshot.frozen(reference);
            return new FrozenDevice(plugins.deviceProviderFor(frozen).open(frozen), snapshot, reference);
        } catch (ImagingException | RuntimeException | Error e) {
            snapshot.close();
            throw e;
        }
    }

    private SnapshotProvider provider(String reference) throws UsageException {
        try {
            return plugins.snapshotProviderFor(reference);
        } catch (UsageException e) {
            UsageException none = new UsageException("no installed snapshot provider freezes \"" + reference + "\"", "leave out"
                    + " --snapshot and see to it that nothing writes to the device, or freeze it by other means and image that");
            none.addSuppressed(e);
            throw none;
        }
    }

    private Snapshot freeze(SnapshotProvider provider, String reference) throws ImagingException {
        Snapshot snapshot = provider.freeze(List.of(reference));
        idsByDevice.put(reference, snapshot.id());
        plugins.monitor().notice("\"" + reference + "\" is frozen as of " + snapshot.taken() + ": snapshot \"" + snapshot.id()
                + "\" by " + provider.name());
        return snapshot;
    }

    /** Releases all; a provider that the job has waited for in vain is not waited for once more. */
    private void release(boolean gone) {
        try (JobPlugins withoutWaiting = JobPlugins.withoutWaiting(plugins)) {
            JobPlugins asked = gone ? withoutWaiting : plugins;
            idsByDevice.forEach((reference, id) -> release(asked, reference, id));
        }
    }

    private void release(JobPlugins asked, String reference, String id) {
        try {
            asked.runResumable(() -> {
                try (Snapshot snapshot = asked.snapshotProviderFor(reference).reopen(id)) {
                    snapshot.release();
                    return id;
                }
            });
        } catch (ImagingException e) {
            plugins.monitor().notice("the snapshot \"" + id + "\" of \"" + reference + "\" could not be released: " + e.getMessage());
        }
    }
}
