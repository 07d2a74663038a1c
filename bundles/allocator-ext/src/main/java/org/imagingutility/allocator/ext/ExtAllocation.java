package org.imagingutility.allocator.ext;

import java.util.List;
import org.imagingutility.allocator.ext.group.BlockRanges;
import org.imagingutility.allocator.ext.journal.JournaledBlocks;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.AllocationBasis;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.allocator.VolumeState;
import org.imagingutility.api.allocator.WholeDevicePass;
import org.imagingutility.api.device.Device;
import org.imagingutility.fs.ext.layout.Geometry;
import org.imagingutility.fs.ext.layout.Superblock;

/**
 * The blocks in use on one volume. Immutable; each cursor has buffers of its own.
 *
 * @param device the device the volume is on, from its first byte on
 * @param volume its superblock
 * @param structures bitmaps and inode tables outside their own groups, and the journal
 * @param journaled what the journal will write when it is replayed
 * @param state whether the volume is in order; if not, what inodes refer to counts as well, or all blocks
 * @param warnings what the user should know
 */
record ExtAllocation(Device device, Superblock volume, BlockRanges structures, JournaledBlocks journaled,
        VolumeState state, List<String> warnings) implements Allocation {
    private static final long TELLTALE_DESCRIPTORS = 1 << 20;

    @Override
    public FileSystemInfo info() {
        return volume.info();
    }

    @Override
    public ExtentCursor extents() {
        if (state.basis() == AllocationBasis.ALL_BLOCKS) {
            return new WholeDevicePass(device.length());
        }
        return new ExtCursor(this);
    }

    /**
     * Returns the superblock (its times change with each mount) and the first descriptors behind it (their counters change
     * with each block and inode that is taken).
     */
    @Override
    public ExtentList telltale() {
        Geometry geometry = volume.geometry();
        long descriptors = Math.min(geometry.headEnd(0) - geometry.descriptorBlock(0),
                Math.max(1, TELLTALE_DESCRIPTORS / geometry.blockSize()));
        long end = geometry.offset(geometry.descriptorBlock(0) + Math.max(descriptors, 0));
        return new ExtentList.Builder().add(0, Math.max(end, Superblock.OFFSET + Superblock.LENGTH)).build();
    }
}
