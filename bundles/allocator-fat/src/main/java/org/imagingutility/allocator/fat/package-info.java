/**
 * Reads from the volume itself which clusters FAT12, FAT16 and FAT32 have in use.
 *
 * <p>The way to the answer: boot sector ({@code BootSector} of the library {@code fs-fat}), which says where everything is ({@code Layout}), and the
 * file allocation table ("FAT"), which has one entry for each cluster ({@code FatType}), read block by block
 * ({@code FatReader}, {@code FatCursor}). Classes that parse turn bytes into values and read nothing.
 *
 * <p>Facts on the layout are those of Microsoft's "FAT: General Overview of On-Disk Format" (version 1.03, the file
 * {@code fatgen103}); names of fields are taken from there. What it does not tell is said at the place with its source.
 * All numbers on the volume are little endian.
 *
 * <p>In use is:
 * <ul>
 * <li>everything before the first cluster: boot sector, all reserved sectors (with FSInfo and the copy of the boot
 * sector), all FATs, the root directory of FAT12 and FAT16;
 * <li>each cluster whose entry is neither 0 ("free") nor the mark of a bad cluster. Where the FATs differ, a cluster is
 * in use if one of them says so, since a FAT alone does not tell which one is right;
 * <li>everything behind the last cluster up to the end of the device.
 * </ul>
 *
 * <p>Clusters marked as bad are not read: a tool that marks a cluster takes it out of its file first, so the mark stands
 * in no chain, and reading them would make the imaging of such a medium fail. Whether a chain of a damaged volume leads
 * into such a cluster is not looked at; the mark itself stands in the FAT and is restored with it.
 *
 * <p>Whatever contradicts itself is refused rather than repaired: an image that lacks a cluster is found out only when
 * the disk is gone. The way out is always to image all blocks.
 */
package org.imagingutility.allocator.fat;
