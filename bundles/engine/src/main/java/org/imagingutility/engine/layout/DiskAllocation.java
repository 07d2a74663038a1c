package org.imagingutility.engine.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.imagingutility.api.Extent;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.AllocationBasis;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.allocator.TouchedFile;
import org.imagingutility.api.allocator.TransientFile;
import org.imagingutility.api.allocator.VolumeState;
import org.imagingutility.api.allocator.VolumeState.Finding;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.partition.PartitionTable;
import org.imagingutility.api.partition.PartitionTableKind;
import org.imagingutility.engine.probe.ProbeResult;
import org.imagingutility.engine.source.LeftOut;

/** What is in use on a disk with partitions, put together of what is in use on these and of what is kept outside them. */
final class DiskAllocation implements Allocation {
    /** Most file systems that are named. */
    private static final int MOST_NAMES = 8;
    /** How much of each range outside the partitions is compared before an image is resumed: there the partition table stands. */
    private static final long TELLTALE = 64 << 10;

    private final PartitionTable table;
    private final List<DiskRegion> regions;

    /**
     * Creates it.
     *
     * @param regions in the order of the disk, none of which overlaps another
     */
    DiskAllocation(PartitionTable table, List<DiskRegion> regions) {
        this.table = table;
        this.regions = List.copyOf(regions);
    }

    /** {@inheritDoc} The name is that of the table and of the file systems on the partitions, the serial number that of the disk. */
    @Override
    public FileSystemInfo info() {
        List<String> names = regions.stream().filter(region -> region.number() > 0).map(DiskAllocation::name).toList();
        String first = names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
        String kind = table.kind() == PartitionTableKind.HYBRID ? "hybrid" : table.kind().name();
        return new FileSystemInfo(kind + " disk" + (names.isEmpty() ? "" : " (" + first + (names.size() > MOST_NAMES ? ", ..." : "") + ")"),
                "", table.diskGuid().isEmpty() ? table.diskSignature() : table.diskGuid(), 0, 0);
    }

    private static String name(DiskRegion region) {
        return region.content().map(found -> found.allocation().info().fileSystem()).orElse("unknown");
    }

    @Override
    public VolumeState state() {
        List<Finding> findings = new ArrayList<>();
        AllocationBasis basis = AllocationBasis.RECORDED;
        for (DiskRegion region : regions) {
            VolumeState state = region.content().map(ProbeResult::allocation).map(Allocation::state).orElse(VolumeState.IN_ORDER);
            state.findings().forEach(found -> findings.add(new Finding(found.condition(),
                    "has a partition " + region.number() + " that " + found.evidence())));
            if (!state.inOrder() && basis == AllocationBasis.RECORDED) {
                basis = state.basis();
            }
        }
        return new VolumeState(findings, basis);
    }

    @Override
    public ExtentCursor extents() {
        return new DiskPass(regions);
    }

    @Override
    public List<TouchedFile> filesIn(ExtentList ranges, int limit) throws ImagingException {
        List<TouchedFile> files = new ArrayList<>();
        for (DiskRegion region : regions) {
            ExtentList inside = moved(ranges.within(region.offset(), region.length()), -region.offset());
            if (region.content().isPresent() && inside.count() > 0 && files.size() < limit) {
                for (TouchedFile file : region.content().get().allocation().filesIn(inside, limit - files.size())) {
                    files.add(new TouchedFile(LeftOut.onPartition(region.number(), file.path()), file.bytes()));
                }
            }
        }
        return files;
    }

    @Override
    public List<TransientFile> transientFiles() throws ImagingException {
        List<TransientFile> files = new ArrayList<>();
        for (DiskRegion region : regions) {
            if (region.content().isPresent() && !region.content().get().leftOut().isNothing()) {
                for (TransientFile file : region.content().get().allocation().transientFiles()) {
                    files.add(new TransientFile(LeftOut.onPartition(region.number(), file.path()), moved(file.content(), region.offset())));
                }
            }
        }
        return files;
    }

    @Override
    public ExtentList telltale() throws ImagingException {
        List<Extent> all = new ArrayList<>();
        for (DiskRegion region : regions) {
            if (region.content().isPresent()) {
                Ranges.addTo(all, moved(region.content().get().allocation().telltale(), region.offset()));
            } else {
                all.add(new Extent(region.offset(), Math.min(TELLTALE, region.length())));
            }
        }
        return Ranges.union(all);
    }

    private static ExtentList moved(ExtentList list, long by) {
        ExtentList.Builder moved = new ExtentList.Builder();
        for (int i = 0; i < list.count(); i++) {
            moved.add(list.offset(i) + by, list.length(i));
        }
        return moved.build();
    }
}
