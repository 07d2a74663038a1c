package org.imagingutility.engine.probe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.AllocationBasis;
import org.imagingutility.api.allocator.Allocator;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.allocator.TransientFile;
import org.imagingutility.api.allocator.VolumeState;
import org.imagingutility.api.allocator.WholeDevicePass;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.engine.plugin.job.JobPlugins;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.source.LeftOut;

/**
 * Which allocator tells what is in use on a device.
 *
 * @param allocator its name
 * @param catchAll whether it takes every block
 * @param allocation what it says
 * @param contradiction why every block is taken although a file system is known: it contradicts itself, or other signatures
 *        contradict it
 */
public record ProbeResult(String allocator, boolean catchAll, Allocation allocation, Optional<String> contradiction) {

    /**
     * Asks all allocators what is on the device, or only those that take every block if {@code allBlocks}. Where signatures
     * contradict each other, or a file system contradicts itself, every block is taken, so that nothing is missing whatever
     * is right.
     */
    public static ProbeResult of(Plugins plugins, Device device, boolean allBlocks, JobMonitor monitor)
            throws ImagingException {
        return of(plugins, device, allBlocks, monitor, Optional::empty);
    }

    /** Says what is in use on a device on which no allocator knows a file system. */
    @FunctionalInterface
    public interface Otherwise {
        /** Returns it; empty if all blocks are to be taken, because nothing is known of it. */
        Optional<ProbeResult> find() throws ImagingException;
    }

    /** Asks as {@link #of(Plugins, Device, boolean, JobMonitor)} does, and {@code otherwise} where no allocator knows a file system. */
    public static ProbeResult of(Plugins plugins, Device device, boolean allBlocks, JobMonitor monitor, Otherwise otherwise)
            throws ImagingException {
        String reference = device.info().reference();
        if (allBlocks) {
            return everything(plugins, device);
        }
        Probe probe = Probe.of(plugins, device);
        for (String notice : probe.notices()) {
            monitor.notice(notice);
        }
        Optional<String> contradiction = probe.contradiction();
        if (contradiction.isPresent()) {
            monitor.notice("\"" + reference + "\" has " + contradiction.get() + ": imaging all blocks");
            ProbeResult all = contradicted(plugins, device, contradiction.get());
            return all.as(probe.info(), all.allocation().state());
        }
        // of what is frozen nothing lags behind: there the system is asked about what nobody else knows
        boolean frozen = device.info().kind() == DeviceKind.SNAPSHOT;
        Optional<ProbeResult> told = frozen ? Optional.empty() : MountedVolume.ask(plugins, device, probe, monitor);
        if (told.isPresent()) {
            return told.get();
        }
        Optional<ProbeResult> known;
        try {
            known = known(plugins, device, probe);
        } catch (FileSystemException e) {
            return contradicted(plugins, device, Optional.empty(), e, monitor);
        }
        if (frozen && (known.isEmpty() || known.get().catchAll())) {
            told = MountedVolume.ask(plugins, device, probe, monitor);
            if (told.isPresent()) {
                return told.get();
            }
        }
        if (known.isPresent()) {
            for (String warning : known.get().allocation().warnings()) {
                monitor.notice(warning);
            }
            if (known.get().catchAll()) {
                monitor.notice("\"" + reference + "\" holds " + known.get().allocation().info().fileSystem()
                        + ", and no installed allocator tells what that has in use: imaging all blocks");
            }
            return known.get();
        }
        Optional<ProbeResult> other = otherwise.find();
        // what was found while a plug-in that is needed was away says nothing
        Probe.requireAll(plugins, device);
        if (other.isPresent()) {
            return other.get();
        }
        ProbeResult all = everything(plugins, device);
        Optional<String> nearMiss = probe.nearMiss();
        monitor.notice((nearMiss.isPresent() ? "\"" + reference + "\" " + nearMiss.get()
                : "no installed allocator knows a file system on \"" + reference + "\"") + ": imaging all blocks");
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
        return known.isEmpty() ? all : all.as(known.get().info(), known.get().state().on(AllocationBasis.ALL_BLOCKS));
    }

    /**
     * Returns the content that an image need not keep, because the system that owns the volume recreates it. None where every block is
     * taken.
     */
    public LeftOut leftOut() throws ImagingException {
        if (catchAll) {
            return LeftOut.NOTHING;
        }
        List<TransientFile> files = allocation.transientFiles();
        List<long[]> extents = new ArrayList<>();
        for (TransientFile file : files) {
            for (int i = 0; i < file.content().count(); i++) {
                extents.add(new long[] {file.content().offset(i), file.content().end(i)});
            }
        }
        extents.sort(Comparator.comparingLong(extent -> extent[0]));
        ExtentList.Builder ranges = new ExtentList.Builder();
        long end = 0;
        for (long[] extent : extents) {
            // what two files claim is nobody's to leave out
            if (extent[0] < end) {
                return LeftOut.NOTHING;
            }
            ranges.add(extent[0], extent[1] - extent[0]);
            end = extent[1];
        }
        return new LeftOut(ranges.build(), files.stream().filter(file -> file.content().count() > 0).map(TransientFile::path).toList());
    }

    /** Returns the same of a device of which this is known. */
    private ProbeResult as(FileSystemInfo info, VolumeState state) {
        return new ProbeResult(allocator, catchAll, new Everything(allocation, info, state), contradiction);
    }

    /** Returns what takes every block of a device whose file system was found to contradict itself before. */
    public static ProbeResult contradicted(Plugins plugins, Device device, String reason) throws ImagingException {
        ProbeResult all = everything(plugins, device);
        return new ProbeResult(all.allocator(), true, all.allocation(), Optional.of(reason));
    }

    private static ProbeResult everything(Plugins plugins, Device device) throws ImagingException {
        // another question than who knows the file system, which a job may have asked before: it gets an answer by the same allocator
        String subject = device.info().reference() + ", all blocks";
        Optional<ProbeResult> all = plugins.ask(plugins.allocators(), subject, allocator -> allocator.catchAll()
                ? by(allocator, true, device) : Optional.empty());
        if (all.isEmpty()) {
            throw new UsageException("no allocator plug-in is installed that takes all blocks of a device",
                    "install the bundle org.imagingutility.allocator.all");
        }
        return all.get();
    }

    /**
     * Returns what the allocator says whose signature counts. Where signatures contradict each other, that is all of the
     * device, with the reason and the names.
     *
     * @throws FileSystemException if the file system contradicts itself
     */
    public static Optional<ProbeResult> find(Plugins plugins, Device device) throws ImagingException {
        return find(plugins, device, Probe.of(plugins, device));
    }

    private static Optional<ProbeResult> find(Plugins plugins, Device device, Probe probe) throws ImagingException {
        return probe.contradiction().isEmpty() ? known(plugins, device, probe)
                : Optional.of(new ProbeResult("", true, new Whole(probe.info(), device.length()), probe.contradiction()));
    }

    /** Returns what is on a device, for lists: what it seems to be, and why it may be something else. */
    static ContentSummary summary(Plugins plugins, Device device) throws ImagingException {
        Probe probe = Probe.of(plugins, device);
        Optional<ProbeResult> found = find(plugins, device, probe);
        Optional<String> problem = found.isPresent() ? found.get().contradiction().map(reason -> "has " + reason)
                : probe.nearMiss();
        return new ContentSummary(found.map(known -> known.allocation().info()),
                problem.map(reason -> "\"" + device.info().reference() + "\" " + reason));
    }

    /** Asks the allocator whose signature counts; without one those that nearly know it, whose errors tell what is wrong. */
    static Optional<ProbeResult> known(Plugins plugins, Device device, Probe probe) throws ImagingException {
        Optional<String> decided = probe.allocator();
        List<String> names = decided.isPresent() ? List.of(decided.get()) : probe.nearlyKnowing();
        if (names.isEmpty()) {
            return Optional.empty();
        }
        decided.ifPresent(plugins::expectAllocator);
        Optional<ProbedDevice> probed = plugins instanceof JobPlugins job
                ? Optional.of(new ProbedDevice(device, job.monitor(), System.nanoTime())) : Optional.empty();
        Device read = probed.isPresent() ? probed.get() : device;
        Optional<ProbeResult> known = plugins.ask(plugins.allocators(), device.info().reference(), allocator ->
                !names.contains(allocator.name()) ? Optional.empty() : allocator.namesOnly() ? named(allocator, read)
                        : by(allocator, false, read));
        probed.ifPresent(ProbedDevice::known);
        if (known.isEmpty()) {
            Probe.requireAll(plugins, device);
        }
        return known;
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

    /**
     * All blocks of a device, for who asks about it without imaging it.
     *
     * @param info what is known of it
     * @param length bytes of the device
     */
    private record Whole(FileSystemInfo info, long length) implements Allocation {

        @Override
        public ExtentCursor extents() {
            return new WholeDevicePass(length);
        }
    }
}
