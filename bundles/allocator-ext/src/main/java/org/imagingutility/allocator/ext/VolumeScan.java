package org.imagingutility.allocator.ext;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;

/**
 * Looks at everything but the bitmaps themselves: each descriptor, and the journal. Finds what must be known before the
 * first group can be told: structures that lie in other groups than their own (flex_bg), which is not much, as they follow
 * one another; and the copies of blocks in a journal that was not replayed.
 */
final class VolumeScan {
    /** Most ranges of one kind that are kept: a volume of 64 TiB in blocks of 4 KiB has 32768 as mke2fs makes it. */
    static final int MAX_RANGES = 1 << 20;

    private static final String ADVICE = "run e2fsck on it before, or image all blocks (--all-blocks)";

    private final Device device;
    private final AlignedReader reader;
    private final Superblock volume;
    private final Geometry geometry;
    private final DescriptorReader descriptors;
    private final BlockRanges.Builder blockBitmaps = new BlockRanges.Builder(MAX_RANGES);
    private final BlockRanges.Builder inodeBitmaps = new BlockRanges.Builder(MAX_RANGES);
    private final BlockRanges.Builder inodeTables = new BlockRanges.Builder(MAX_RANGES);

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
        warn(warnings, obstacle);
        return new ExtAllocation(device, volume, structures.build(), journaled, obstacle.isPresent(),
                List.copyOf(warnings));
    }

    private void collect(long group) throws ImagingException {
        GroupDescriptor descriptor = descriptors.read(group);
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

    private void warn(List<String> warnings, Optional<String> obstacle) {
        String name = volume.features().fileSystem() + " on \"" + reader.deviceName() + "\"";
        if ((volume.state() & Superblock.CLEAN) == 0) {
            warnings.add(name + " was not unmounted in order: what was written last may be missing from the image; "
                    + ADVICE);
        }
        if ((volume.state() & Superblock.ERRORS) != 0) {
            warnings.add(name + " is marked as having errors: its bitmaps may be wrong, and the image may lack data; "
                    + ADVICE);
        }
        if (obstacle.isPresent()) {
            warnings.add(name + " needs recovery, and what its journal will write cannot be told (" + obstacle.get()
                    + "): all blocks are taken");
        } else if (volume.features().needsRecovery()) {
            warnings.add(name + " needs recovery: its journal was not replayed; the image has the journal and what it will "
                    + "write, and the restored volume is repaired when it is mounted or checked");
        }
        if (volume.externalJournal()) {
            warnings.add(name + " has its journal on another device, which is not in the image");
        }
    }
}
