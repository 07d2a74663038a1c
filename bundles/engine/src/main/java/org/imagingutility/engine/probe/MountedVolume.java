package org.imagingutility.engine.probe;

import java.util.Optional;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.device.ClustersInUse;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.engine.plugin.Plugins;

/**
 * Volumes that the operating system has mounted and tells of what is in use on them. What stands on such a volume lags behind, and
 * changes while it is read, so the system's word counts; unless both contradict each other, and then all blocks are taken. Of frozen
 * ones it is asked where no allocator knows the file system.
 */
final class MountedVolume {
    /** Who told what is in use, as images have it. */
    private static final String NAME = "system";

    private MountedVolume() {
    }

    /** Returns what is in use, by the system's word; empty where it says nothing. */
    static Optional<ProbeResult> ask(Plugins plugins, Device device, Probe probe, JobMonitor monitor) throws ImagingException {
        String reference = device.info().reference();
        try {
            Optional<ClustersInUse> clusters = device.clustersInUse();
            return clusters.isEmpty() ? Optional.empty() : Optional.of(told(plugins, device, probe, clusters.get(), monitor));
        } catch (DeviceException e) {
            if (e.isDeviceChanged()) {
                throw e;
            }
            monitor.notice("what the operating system has in use on \"" + reference + "\" cannot be asked (" + e.getMessage()
                    + "): the file system on it is read instead");
            return Optional.empty();
        }
    }

    private static ProbeResult told(Plugins plugins, Device device, Probe probe, ClustersInUse clusters, JobMonitor monitor)
            throws ImagingException {
        String reference = device.info().reference();
        Optional<Allocation> known = known(plugins, device, probe);
        Optional<FileSystemInfo> signature = probe.allocator().map(name -> probe.info());
        Optional<FileSystemInfo> found = known.map(Allocation::info).or(() -> signature);
        Optional<String> contradiction = found.flatMap(info -> SystemAllocation.contradiction(clusters, info));
        SystemAllocation allocation;
        try {
            allocation = SystemAllocation.of(device, clusters, signature, known);
        } catch (FileSystemException e) {
            contradiction = Optional.of(e.getMessage());
            allocation = null;
        }
        if (contradiction.isPresent()) {
            monitor.notice("\"" + reference + "\": " + contradiction.get() + ": imaging all blocks");
            return ProbeResult.contradicted(plugins, device, contradiction.get());
        }
        return new ProbeResult(NAME, false, allocation, Optional.empty());
    }

    /** Returns what the allocator of the file system says; what changes while it looks may contradict itself, and says nothing then. */
    private static Optional<Allocation> known(Plugins plugins, Device device, Probe probe) throws ImagingException {
        if (probe.allocator().isEmpty()) {
            return Optional.empty();
        }
        try {
            return ProbeResult.known(plugins, device, probe).filter(found -> !found.catchAll()).map(ProbeResult::allocation);
        } catch (FileSystemException e) {
            return Optional.empty();
        }
    }
}
