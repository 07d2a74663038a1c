package org.imagingutility.engine.job;

import java.util.Optional;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.engine.plugin.Plugins;

/**
 * Which allocator tells what is in use on a device.
 *
 * @param allocator its name
 * @param catchAll whether it takes every block
 * @param allocation what it says
 */
public record Recognition(String allocator, boolean catchAll, Allocation allocation) {

    /** Asks the allocators, those that take every block last, or only those if {@code allBlocks}. */
    static Recognition of(Plugins plugins, Device device, boolean allBlocks, JobMonitor monitor)
            throws ImagingException {
        if (!allBlocks) {
            Optional<Recognition> known = find(plugins, device, false);
            if (known.isPresent()) {
                known.get().allocation().warnings().forEach(monitor::notice);
                return known.get();
            }
        }
        Recognition all = find(plugins, device, true).orElseThrow(() -> new UsageException(
                "no allocator plug-in is installed that takes all blocks of a device",
                "install the bundle org.imagingutility.allocator.all"));
        if (!allBlocks) {
            monitor.notice("no installed allocator knows a file system on \"" + device.info().reference()
                    + "\": imaging all blocks");
        }
        return all;
    }

    /** Returns what the first allocator says that recognises the device. */
    public static Optional<Recognition> find(Plugins plugins, Device device, boolean catchAll) throws ImagingException {
        return plugins.ask(plugins.allocators(), device.info().reference(), allocator -> allocator.catchAll() == catchAll
                ? allocator.recognise(device).map(allocation -> new Recognition(allocator.name(), catchAll, allocation))
                : Optional.empty());
    }
}
