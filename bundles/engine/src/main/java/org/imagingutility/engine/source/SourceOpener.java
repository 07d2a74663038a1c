package org.imagingutility.engine.source;

import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageRequest.ReadErrors;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.engine.plugin.Plugins;

/** Opens the device of an imaging job. */
public final class SourceOpener {
    private SourceOpener() {
    }

    /** Opens the device of {@code request}, guarded as the request says. Called in the thread that runs the job. */
    public static GuardedDevice open(Plugins plugins, ImageRequest request, JobMonitor monitor) throws ImagingException {
        return guard(SourceDevices.open(plugins, request.device(), request.source().sectorSize(), monitor::notice), request.readErrors(), monitor);
    }

    /** Guards {@code device}, which is closed if that fails. Called in the thread that runs the job. */
    public static GuardedDevice guard(Device device, ReadErrors readErrors, JobMonitor monitor) throws ImagingException {
        try {
            Thread jobThread = Thread.currentThread();
            // a monitor is asked by one thread at a time: the readers of the pipeline are told to stop by it
            return new GuardedDevice(device, readErrors, knownBad(readErrors, device, monitor),
                    () -> Thread.currentThread() == jobThread && monitor.cancelled());
        } catch (ImagingException | RuntimeException | Error e) {
            device.close();
            throw e;
        }
    }

    private static KnownBadRanges knownBad(ReadErrors readErrors, Device device, JobMonitor monitor) throws ImagingException {
        if (readErrors.badMap().isEmpty()) {
            return KnownBadRanges.NONE;
        }
        BadMapFile map = BadMapFile.read(readErrors.badMap().get());
        if (map.end() < device.length()) {
            monitor.notice("\"" + readErrors.badMap().get() + "\" describes the first " + map.end() + " of "
                    + device.length() + " bytes of \"" + device.info().reference() + "\": what lies behind counts as unreadable");
        }
        return new KnownBadRanges(map.notFinished(device.length()), device.sectorSize(), device.length());
    }
}
