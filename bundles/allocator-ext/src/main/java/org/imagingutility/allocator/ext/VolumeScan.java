package org.imagingutility.allocator.ext;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imagingutility.allocator.ext.group.BlockRanges;
import org.imagingutility.allocator.ext.journal.JournalInode;
import org.imagingutility.allocator.ext.journal.JournalLog;
import org.imagingutility.allocator.ext.journal.JournalMap;
import org.imagingutility.allocator.ext.journal.JournaledBlocks;
import org.imagingutility.api.allocator.AllocationBasis;
import org.imagingutility.api.allocator.UnitedClusters;
import org.imagingutility.api.allocator.VolumeCondition;
import org.imagingutility.api.allocator.VolumeState.Finding;
import org.imagingutility.api.allocator.VolumeState;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.ext.group.DescriptorReader;
import org.imagingutility.fs.ext.group.GroupDescriptor;
import org.imagingutility.fs.ext.layout.Geometry;
import org.imagingutility.fs.ext.layout.Place;
import org.imagingutility.fs.ext.layout.Superblock;

/**
 * Looks at everything but the bitmaps themselves: each descriptor, and the journal. Finds what must be known before the
 * first group can be told: structures that lie in other groups than their own (flex_bg), which is not much, as they follow
 * one another; and the copies of blocks in a journal that was not replayed.
 */
final class VolumeScan {
    /** Most ranges of one kind that are kept: a volume of 64 TiB in blocks of 4 KiB has 32768 as mke2fs makes it. */
    static final int MAX_RANGES = 1 << 20;

    private static final String ADVICE = "run e2fsck on it before, or on the restored volume";

    private final Device device;
    private final AlignedReader reader;
    private final Superblock volume;
    private final Geometry geometry;
    private final DescriptorReader descriptors;
    private final BlockRanges.Builder blockBitmaps = new BlockRanges.Builder(MAX_RANGES);
    private final BlockRanges.Builder inodeBitmaps = new BlockRanges.Builder(MAX_RANGES);
    private final BlockRanges.Builder inodeTables = new BlockRanges.Builder(MAX_RANGES);

    private long usedInodes;

    /** Creates a scan of {@code volume}, read with {@code reader}, which is not used elsewhere meanwhile. */
    VolumeScan(Device device, AlignedReader reader, Superblock volume) {
        this.device = device;
        this.reader = reader;
        this.volume = volume;
        this.geometry = volume.geometry();
        this.descriptors = new DescriptorReader(new AlignedReader(device), volume);
    }

    /** Returns what the volume has in use. */
    ExtAllocation allocation() throws ImagingException {
        for (long group = 0; group < geometry.groupCount(); group++) {
            collect(group);
        }
        BlockRanges.Builder structures = new BlockRanges.Builder(4 * MAX_RANGES);
        structures.addAll(blockBitmaps);
        structures.addAll(inodeBitmaps);
        structures.addAll(inodeTables);
        List<String> warnings = new ArrayList<>();
        Optional<String> obstacle = Optional.empty();
        JournaledBlocks journaled = JournaledBlocks.NONE;
        if (volume.journalInode() != 0) {
            JournalMap map = JournalInode.read(reader, descriptors, geometry, volume.journalInode());
            map.addTo(structures);
            if (volume.features().needsRecovery()) {
                JournalLog.Replay replay = JournalLog.read(reader, geometry, map);
                obstacle = replay.obstacle();
                journaled = replay.blocks();
            }
        } else if (volume.features().needsRecovery()) {
            obstacle = Optional.of(volume.externalJournal() ? "it is on another device" : "the volume has none");
        }
        refuseOverlap(structures);
        VolumeState state = state(obstacle);
        String name = volume.features().fileSystem() + " on \"" + reader.deviceName() + "\"";
        if (!state.inOrder()) {
            warnings.add(state.notice(name, ADVICE));
        }
        if (volume.externalJournal()) {
            warnings.add(name + " has its journal on another device, which is not in the image");
        }
        return new ExtAllocation(device, volume, structures.build(), journaled, state, List.copyOf(warnings));
    }

    private void collect(long group) throws ImagingException {
        GroupDescriptor descriptor = descriptors.read(group);
        usedInodes += descriptor.usedInodes();
        if (volume.features().flexBg()) {
            collect(group, blockBitmaps, descriptor.blockBitmap(), 1);
            collect(group, inodeBitmaps, descriptor.inodeBitmap(), 1);
            collect(group, inodeTables, descriptor.inodeTable(), geometry.inodeTableBlocks());
        }
    }

    private void collect(long group, BlockRanges.Builder ranges, long block, long count) throws FileSystemException {
        boolean own = block >= geometry.groupStart(group) && block + count <= geometry.groupEnd(group);
        if (!own && !ranges.add(block, block + count)) {
            throw descriptors.place(group).wrong(0, "bitmaps or inode tables lie in more than " + MAX_RANGES
                    + " places outside their groups");
        }
    }

    private void refuseOverlap(BlockRanges.Builder structures) throws FileSystemException {
        long twice = structures.firstClaimedTwice();
        if (twice >= 0) {
            throw new Place(reader.deviceName(), geometry.offset(twice)).wrong(0, "block " + twice
                    + " belongs twice to bitmaps, inode tables or the journal");
        }
    }

    private VolumeState state(Optional<String> obstacle) {
        List<Finding> findings = new ArrayList<>();
        String state = " (byte " + (Superblock.OFFSET + Superblock.STATE_AT) + ")";
        if ((volume.state() & Superblock.CLEAN) == 0) {
            findings.add(new Finding(VolumeCondition.DIRTY, "was not unmounted in order" + state));
        }
        if ((volume.state() & Superblock.ERRORS) != 0) {
            findings.add(new Finding(VolumeCondition.ERRORS, "is marked as having errors" + state));
        }
        if (volume.features().needsRecovery()) {
            findings.add(new Finding(VolumeCondition.JOURNAL_PENDING, "needs recovery: its journal was not replayed"
                    + obstacle.map(reason -> ", and what that will write cannot be told (" + reason + ")").orElse("")));
        }
        if (volume.lastOrphan() != 0 || volume.features().orphanPresent()) {
            findings.add(new Finding(VolumeCondition.CHECK_PENDING,
                    "has files that were deleted or cut while they were open (orphans)"));
        }
        if (findings.isEmpty()) {
            return VolumeState.IN_ORDER;
        }
        // once for each window all inodes are read: where that is more than all blocks, those are what is cheaper
        boolean costly = UnitedClusters.windowCount(geometry.blockCount() - geometry.firstBlock()) * usedInodes
                > geometry.length() / geometry.inodeSize();
        return new VolumeState(findings, obstacle.isPresent() || costly || volume.features().sharedBlocks()
                ? AllocationBasis.ALL_BLOCKS : AllocationBasis.UNION);
    }
}
