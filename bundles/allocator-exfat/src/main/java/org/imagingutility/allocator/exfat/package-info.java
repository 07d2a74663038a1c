/**
 * Reads from the volume itself which clusters exFAT has in use.
 *
 * <p>The way to the answer: main boot region, or its backup ({@code BootRegion}, {@code BootSector}), root directory
 * ({@code RootDirectory}), whose entries say where the allocation bitmap is, and the bitmap, which has one bit for each
 * cluster, read block by block ({@code BitmapReader}, {@code ExfatCursor}). Classes that parse turn bytes into values and
 * read nothing; classes that read leave the meaning of bytes to them.
 *
 * <p>Facts on the layout are those of Microsoft's "exFAT file system specification" (revision 1.00, 2019); sections named
 * here are its sections, and names of fields are taken from there. All numbers on the volume are little endian.
 *
 * <p>In use is:
 * <ul>
 * <li>everything before the cluster heap: main and backup boot region, the FATs, and what lies between them;
 * <li>each cluster that the bitmap has in use. The specification has bad clusters set in it as well (7.1.5), and does not
 * tell them apart there, so they are read as any other;
 * <li>everything behind the cluster heap up to the end of the device.
 * </ul>
 *
 * <p>On volumes with two FATs and bitmaps (TexFAT) only the active ones count, as the others may be stale (3.1.13.1).
 *
 * <p>Clusters are numbered from 2 on; bit 0 of the bitmap is cluster 2.
 *
 * <p>Whatever contradicts itself is refused rather than repaired: an image that lacks a cluster is found out only when
 * the disk is gone. The way out is always to image all blocks.
 */
package org.imagingutility.allocator.exfat;
