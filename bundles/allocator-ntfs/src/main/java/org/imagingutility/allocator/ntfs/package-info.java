/**
 * Reads from the volume itself which clusters NTFS has in use.
 *
 * <p>The way to the answer: boot sector ({@code BootSector}), record 0 of the master file table, {@code $MFT}, which
 * says where all other records are ({@code Mft}), record 6, {@code $Bitmap}, whose unnamed {@code $DATA} has one bit
 * for each cluster ({@code DataStream}), read block by block ({@code BitmapCursor}). Classes that parse turn bytes into
 * values and read nothing; classes that read leave the meaning of bytes to them.
 *
 * <p>Structures, runs and the records of the table are those of the library {@code org.imagingutility.fs.ntfs}, which has the words
 * for them and says where the facts on the layout are from.
 *
 * <p>Which files lie in given ranges is another question ({@code FileFinder}): {@code MftScan} reads the whole table,
 * {@code TouchedRecords} notes what is touched, {@code FilePaths} finds the names.
 *
 * <p>Where it is about what is in use, whatever contradicts itself is refused rather than repaired: an image that lacks
 * a cluster is found out only when the disk is gone. The way out is always to image all blocks. Where it is about names
 * of files, it is passed over.
 */
package org.imagingutility.allocator.ntfs;
