/**
 * Reads from the volume itself which blocks ext2, ext3 and ext4 have in use.
 *
 * <p>The way to the answer: the superblock ({@code Superblock}), from which all measures follow ({@code GeometryParser},
 * {@code Geometry}); the descriptor of each group ({@code DescriptorReader}), which says where the group's block bitmap is;
 * the bitmaps, one group at a time ({@code GroupLoader}, {@code GroupBitmap}); the runs of used blocks across all groups
 * ({@code ExtCursor}). Bitmaps that were never written follow from the layout. {@code VolumeScan} looks at descriptors and
 * journal before, so that a volume that contradicts itself is refused when it is recognised.
 *
 * <p>A volume whose journal was not replayed ({@code needs_recovery}) has bitmaps that are behind: blocks that a file got
 * last are in use only in the journal's copies ({@code JournalInode}, {@code JournalLog}), which count as well. Where they
 * cannot be read, all blocks count.
 *
 * <p>Facts on the layout are those of the kernel's documentation, "ext4 Data Structures and Algorithms"
 * (Documentation/filesystems/ext4); names of structures and fields are taken from there. Numbers on the volume are little
 * endian, those in the journal big endian. In few places the documentation leaves open what libext2fs and the kernel do;
 * there the function is named.
 *
 * <p>Words: a <em>group</em> is a stretch of blocks with a bitmap of its own; a <em>cluster</em> is what a bit of it stands
 * for, a block unless the volume has the feature bigalloc. To the user, who knows blocks, the cluster size in
 * {@code FileSystemInfo} is the block size.
 *
 * <p>Whatever contradicts itself is refused rather than repaired: an image that lacks a block is found out only when the
 * disk is gone. The way out is always to image all blocks.
 */
package org.imagingutility.allocator.ext;
