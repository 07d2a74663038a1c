package org.imagingutility.allocator.btrfs;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.imagingutility.allocator.btrfs.chunk.ChunkMap;
import org.imagingutility.allocator.btrfs.extent.DeviceStripes;
import org.imagingutility.allocator.btrfs.extent.RangeList;
import org.imagingutility.allocator.btrfs.extent.StripeRanges;
import org.imagingutility.allocator.btrfs.extent.Trees;
import org.imagingutility.allocator.btrfs.extent.Union;
import org.imagingutility.allocator.btrfs.layout.Place;
import org.imagingutility.allocator.btrfs.layout.Superblock;
import org.imagingutility.allocator.btrfs.layout.TreeRoot;
import org.imagingutility.allocator.btrfs.tree.NodeReader;
import org.imagingutility.allocator.btrfs.tree.TreeCursor;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.AllocationBasis;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.allocator.VolumeState;
import org.imagingutility.api.allocator.WholeDevicePass;
import org.imagingutility.api.device.Device;

/**
 * The bytes in use on one device of a file system. Immutable; each cursor has buffers of its own.
 *
 * @param device the device, from its first byte on
 * @param volume its superblock
 * @param chunks all chunks
 * @param chunkTree UUID of the chunk tree
 * @param stripes those on this device
 * @param extentTree the extent tree; empty if not all of it is on this device, and chunks count as a whole
 * @param groupTree the tree of block groups, if they are not in the extent tree
 * @param freeTree the free-space tree, if it can be compared with
 * @param logged what counts beside what the extent tree has, by logical addresses
 * @param state whether the volume is in order
 * @param warnings what the user should know
 */
record BtrfsAllocation(Device device, Superblock volume, ChunkMap chunks, UUID chunkTree, DeviceStripes stripes,
        Optional<TreeRoot> extentTree, Optional<TreeRoot> groupTree, Optional<TreeRoot> freeTree, RangeList logged, VolumeState state,
        List<String> warnings) implements Allocation {
    /** Chunks begin behind it ({@code BTRFS_DEVICE_RANGE_RESERVED}). */
    private static final long RESERVED = 1 << 20;

    @Override
    public FileSystemInfo info() {
        return volume.info();
    }

    @Override
    public ExtentCursor extents() {
        if (state.basis() == AllocationBasis.ALL_BLOCKS) {
            return new WholeDevicePass(device.length());
        }
        Place superblock = new Place(device.info().reference(), Superblock.OFFSET);
        NodeReader reader = new NodeReader(device, volume, chunks, chunkTree);
        Trees trees = new Trees(cursor(extentTree, reader, superblock), cursor(groupTree, reader, superblock),
                cursor(freeTree, reader, superblock));
        return new BtrfsCursor(new Union(new StripeRanges(volume, superblock, stripes, trees, logged),
                fixed().within(0, device.length())));
    }

    private static TreeCursor cursor(Optional<TreeRoot> tree, NodeReader reader, Place superblock) {
        return tree.map(root -> new TreeCursor(reader, root, superblock)).orElse(null);
    }

    /** Returns what is in use whatever trees say. */
    private RangeList fixed() {
        RangeList.Builder fixed = new RangeList.Builder().add(0, RESERVED).add(volume.device().totalBytes(), device.length());
        for (long place : Superblock.places()) {
            fixed.add(place, place + Superblock.LENGTH);
        }
        return fixed.build();
    }

    /** Returns the superblock, which changes with each transaction. */
    @Override
    public ExtentList telltale() {
        return new ExtentList.Builder().add(Superblock.OFFSET, Superblock.LENGTH).build();
    }
}
