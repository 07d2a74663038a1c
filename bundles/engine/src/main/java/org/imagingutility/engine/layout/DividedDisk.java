package org.imagingutility.engine.layout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.imagingutility.api.Extent;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.BackupRequest.Division;
import org.imagingutility.api.job.BackupRequest.Unpartitioned;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.partition.PartitionTable;
import org.imagingutility.engine.plan.Throttle;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.plugin.job.JobPlugins;
import org.imagingutility.engine.probe.ProbeResult;
import org.imagingutility.engine.source.PartitionDevice;

/**
 * Finds out what is in use on a disk that is divided into partitions, for one image of all of it: what allocators say of the
 * partitions, and what a backup set keeps outside them.
 */
public final class DividedDisk {
    /** Who told what is in use, as images have it. */
    static final String NAME = "partitions";

    private DividedDisk() {
    }

    /**
     * Looks at the device of a job on which no allocator knows a file system.
     *
     * @param source what of it is read
     * @param told told what the user should know
     * @return empty if it is no disk with partitions, so that nothing is known of it; all blocks, with the reason, if its table
     *         cannot be gone by
     */
    public static Optional<ProbeResult> find(JobPlugins plugins, Device disk, ImageRequest.Source source, JobMonitor told)
            throws ImagingException {
        return find(plugins, disk, new Division(Unpartitioned.AUTO, source.sectorSize()), new Throttle(source.maxThroughput()), told,
                plugins.monitor());
    }

    /**
     * Returns what is known of a device, of its partitions if it is divided, to look things up: what lies in no partition is not looked at.
     *
     * @throws FileSystemException if a file system contradicts itself
     */
    public static Optional<ProbeResult> known(Plugins plugins, Device device) throws ImagingException {
        Optional<ProbeResult> known = ProbeResult.find(plugins, device);
        return known.isPresent() ? known : find(plugins, device, new Division(Unpartitioned.ENDS, OptionalInt.empty()), new Throttle(0),
                JobMonitor.NONE, JobMonitor.NONE).filter(found -> !found.catchAll());
    }

    private static Optional<ProbeResult> find(Plugins plugins, Device disk, Division division, Throttle throttle, JobMonitor told,
            JobMonitor job) throws ImagingException {
        if (disk.info().kind() == DeviceKind.PARTITION || plugins.partitionTables().all().isEmpty()) {
            return Optional.empty();
        }
        SpaceScan scan = new SpaceScan(plugins, disk, throttle, bytes -> refuseCancelled(job, disk));
        DiskLayout layout = DiskLayout.of(plugins, disk, division, scan);
        if (layout.table().isEmpty()) {
            return undivided(plugins, disk, layout, told);
        }
        layout.warnings().forEach(told::notice);
        List<DiskRegion> regions = new ArrayList<>();
        for (SourcePart part : layout.parts()) {
            regions.add(region(plugins, disk, layout.table().get(), part, told, job));
        }
        ExtentList outside = outside(layout);
        for (int i = 0; i < outside.count(); i++) {
            regions.add(DiskRegion.whole(outside.offset(i), outside.length(i)));
        }
        regions.sort(Comparator.comparingLong(DiskRegion::offset));
        return Optional.of(new ProbeResult(NAME, false, new DiskAllocation(layout.table().get(), regions), Optional.empty()));
    }

    private static void refuseCancelled(JobMonitor job, Device device) throws CancelledException {
        if (job.cancelled()) {
            throw new CancelledException("looking at what is in use on \"" + device.info().reference() + "\"");
        }
    }

    private static Optional<ProbeResult> undivided(Plugins plugins, Device disk, DiskLayout layout, JobMonitor monitor)
            throws ImagingException {
        if (!layout.parts().get(0).allBlocks()) {
            return Optional.empty();
        }
        String reason = layout.warnings().get(0);
        monitor.notice(reason);
        return Optional.of(ProbeResult.contradicted(plugins, disk, reason));
    }

    /** Returns what is kept outside the partitions; what of it lies in them is kept with them. */
    private static ExtentList outside(DiskLayout layout) {
        List<Extent> kept = new ArrayList<>();
        Ranges.addTo(kept, layout.pieces());
        layout.unpartitioned().ifPresent(space -> Ranges.addTo(kept, space.ranges()));
        List<Extent> parts = new ArrayList<>();
        layout.parts().forEach(part -> Ranges.addTo(parts, part.ranges()));
        return Ranges.without(Ranges.union(kept), Ranges.union(parts));
    }

    private static DiskRegion region(Plugins plugins, Device disk, PartitionTable table, SourcePart part, JobMonitor told,
            JobMonitor job)
            throws ImagingException {
        long offset = part.ranges().offset(0);
        if (part.allBlocks()) {
            return new DiskRegion(part.index(), offset, part.length(), Optional.empty());
        }
        // not closed: that would close the disk, which is the caller's
        Device device = PartitionDevice.of(disk, table, part.partition().orElseThrow());
        ProbeResult probed = ProbeResult.of(plugins, device, false, told);
        return new DiskRegion(part.index(), offset, part.length(), Optional.of(sound(plugins, device, probed, told, job)));
    }

    /** Goes through all extents once: a file system that contradicts itself costs the blocks of its partition, not of the disk. */
    private static ProbeResult sound(Plugins plugins, Device device, ProbeResult probed, JobMonitor told, JobMonitor job)
            throws ImagingException {
        try (ExtentCursor extents = probed.allocation().extents()) {
            while (extents.next()) {
                refuseCancelled(job, device);
            }
            return probed;
        } catch (FileSystemException e) {
            return probed.contradicted(plugins, device, e, told);
        }
    }
}
