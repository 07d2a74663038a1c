package org.imagingutility.engine.probe;

import java.util.List;
import java.util.Optional;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.AllocationBasis;
import org.imagingutility.api.allocator.Allocator;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.allocator.VolumeState;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.engine.plugin.JobPlugins;
import org.imagingutility.engine.plugin.Plugins;

/**
 * Which allocator tells what is in use on a device.
 *
 * @param allocator its name
 * @param catchAll whether it takes every block
 * @param allocation what it says
 * @param contradiction why every block is taken although the file system is known: it contradicts itself
 */
public record ProbeResult(String allocator, boolean catchAll, Allocation allocation, Optional<String> contradiction) {

    /**
     * Asks the allocators, those that take every block last, or only those if {@code allBlocks}. Where a file system
     * contradicts itself, every block is taken, so that nothing is missing whatever is right.
     */
    public static ProbeResult of(Plugins plugins, Device device, boolean allBlocks, JobMonitor monitor)
            throws ImagingException {
        String reference = device.info().reference();
        if (allBlocks) {
            return everything(plugins, device, reference);
        }
        Optional<ProbeResult> known;
        try {
            known = find(plugins, device);
        } catch (FileSystemException e) {
            return contradicted(plugins, device, Optional.empty(), e, monitor);
        }
        if (known.isPresent()) {
            for (String warning : known.get().allocation().warnings()) {
                monitor.notice(warning);
            }
            if (known.get().catchAll()) {
                monitor.notice("\"" + device.info().reference() + "\" holds " + known.get().allocation().info().fileSystem()
                        + ", and no installed allocator tells what that has in use: imaging all blocks");
            }
            return known.get();
        }
        ProbeResult all = everything(plugins, device, reference);
        monitor.notice("no installed allocator knows a file system on \"" + device.info().reference()
                + "\": imaging all blocks");
        return all;
    }

    /**
     * Returns what takes every block of the device, because what this says contradicts itself.
     *
     * @throws FileSystemException {@code found}, if that says nothing about the device: all blocks are taken already, or a
     *         plug-in is being stopped
     */
    public ProbeResult contradicted(Plugins plugins, Device device, FileSystemException found, JobMonitor monitor)
            throws ImagingException {
        if (catchAll) {
            throw found;
        }
        return contradicted(plugins, device, Optional.of(allocation), found, monitor);
    }

    private static ProbeResult contradicted(Plugins plugins, Device device, Optional<Allocation> known,
            FileSystemException found, JobMonitor monitor) throws ImagingException {
        if (plugins instanceof JobPlugins job && job.interrupted()) {
            throw found;
        }
        ProbeResult all = contradicted(plugins, device, found.getMessage());
        monitor.notice(found.getMessage() + ": what is in use cannot be trusted, imaging all blocks");
        return known.isEmpty() ? all
                : new ProbeResult(all.allocator(), true, new Everything(all.allocation(), known.get().info(),
                        known.get().state().on(AllocationBasis.ALL_BLOCKS)), all.contradiction());
    }

    /** Returns what takes every block of a device whose file system was found to contradict itself before. */
    public static ProbeResult contradicted(Plugins plugins, Device device, String reason) throws ImagingException {
        // another question than who knows the file system: a job that asks that again gets an answer by the same allocator
        ProbeResult all = everything(plugins, device, device.info().reference() + ", all blocks");
        return new ProbeResult(all.allocator(), true, all.allocation(), Optional.of(reason));
    }

    private static ProbeResult everything(Plugins plugins, Device device, String subject) throws ImagingException {
        Optional<ProbeResult> all = plugins.ask(plugins.allocators(), subject, allocator -> allocator.catchAll()
                ? by(allocator, true, device) : Optional.empty());
        if (all.isEmpty()) {
            throw new UsageException("no allocator plug-in is installed that takes all blocks of a device",
                    "install the bundle org.imagingutility.allocator.all");
        }
        return all.get();
    }

    /** Returns what the first allocator says that recognises the device, those that know no more than names last. */
    public static Optional<ProbeResult> find(Plugins plugins, Device device) throws ImagingException {
        String reference = device.info().reference();
        Optional<ProbeResult> known = plugins.ask(plugins.allocators(), reference, allocator ->
                !allocator.catchAll() && !allocator.namesOnly() ? by(allocator, false, device) : Optional.empty());
        return known.isPresent() ? known : plugins.ask(plugins.allocators(), reference, allocator ->
                !allocator.catchAll() && allocator.namesOnly() ? named(allocator, device) : Optional.empty());
    }

    private static Optional<ProbeResult> by(Allocator allocator, boolean catchAll, Device device) throws ImagingException {
        Optional<Allocation> said = allocator.recognise(device);
        return said.isEmpty() ? Optional.empty()
                : Optional.of(new ProbeResult(allocator.name(), catchAll, said.get(), Optional.empty()));
    }

    private static Optional<ProbeResult> named(Allocator allocator, Device device) throws ImagingException {
        try {
            return by(allocator, true, device);
        } catch (DeviceException e) {
            if (e.isDeviceChanged()) {
                throw e;
            }
            // a name is not worth a job's end: whoever takes the content will read there again
            return Optional.empty();
        }
    }

    /**
     * All blocks of a device whose file system is known by name.
     *
     * @param all every block
     * @param info what is known of the file system
     * @param state what is known of the state of the volume
     */
    private record Everything(Allocation all, FileSystemInfo info, VolumeState state) implements Allocation {

        @Override
        public ExtentCursor extents() throws ImagingException {
            return all.extents();
        }

        @Override
        public List<String> warnings() {
            return all.warnings();
        }
    }
}
