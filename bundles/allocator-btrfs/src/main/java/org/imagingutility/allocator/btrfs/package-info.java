/**
 * Reads from a device of a btrfs file system which bytes of it are in use.
 *
 * <p>The way to the answer: the superblock ({@code SuperblockParser}); the chunks of the system that stand in it, in which the
 * chunk tree lies; the chunk tree, which says which logical addresses lie where on this device ({@code ChunkItem},
 * {@code ChunkMap}); the tree of roots, which leads to the extent tree. {@code VolumeScan} goes that way when a volume is
 * recognised. Extents come in the order of the device: stripe by stripe ({@code DeviceStripes}), and for each the extents of its
 * chunk ({@code ChunkExtents}), whose addresses ascend as the stripe's bytes do. So a chunk with two copies on this device is
 * walked twice, and no more than a node of each level is held.
 *
 * <p>Facts on the layout are those of the btrfs documentation, "On-disk format", and of the kernel's
 * include/uapi/linux/btrfs_tree.h; names of structures and fields are taken from there. Where these leave open what the
 * driver does, the function is named. All numbers are little endian.
 *
 * <p>In use is:
 * <ul>
 * <li>the first MiB, which holds the superblock and boot loaders, and the copies of the superblock;
 * <li>each copy on this device of each extent that the extent tree has, of data and of trees. Caches of free space are
 * not read;
 * <li>what a log has that was not replayed: its nodes, and the extents of contents that it refers to;
 * <li>chunks of RAID5 and RAID6 as a whole, since no extent tells of parities;
 * <li>what lies behind the file system.
 * </ul>
 *
 * <p>A device of several may not have all nodes of the trees. Where one of the chunk tree is missing, all blocks count; where one
 * of the extent tree is, all bytes of chunks.
 *
 * <p>The free-space tree, where there is one that holds, is not believed, but compared: it says which bytes are in no extent.
 *
 * <p>Each node is verified: checksum, UUIDs, address, transaction, tree, level, order of keys, places of items. The extents of
 * each chunk are compared with what its block group has in use, and those of all chunks with what the superblock has. Whatever
 * contradicts itself is refused rather than repaired: an image that lacks a block is found out only when the disk is gone. The
 * way out is always to image all blocks.
 */
package org.imagingutility.allocator.btrfs;
