package org.imagingutility.allocator.ext;

import java.util.List;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.device.Device;

/**
 * The blocks in use on one volume. Immutable; each cursor has buffers of its own.
 *
 * @param device the device the volume is on, from its first byte on
 * @param volume its superblock
 * @param structures bitmaps and inode tables outside their own groups, and the journal
 * @param journaled what the journal will write when it is replayed
 * @param everything whether the bitmaps cannot tell what is in use, so that all blocks count
 * @param warnings what the user should know
 */
record ExtAllocation(Device device, Superblock volume, BlockRanges structures, JournaledBlocks journaled,
        boolean everything, List<String> warnings) implements Allocation {
    private static final long TELLTALE_DESCRIPTORS = 1 << 20;

    @Override
    public FileSystemInfo info() {
        return volume.info();
    }

    @Override
    public ExtentCursor extents() {
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
