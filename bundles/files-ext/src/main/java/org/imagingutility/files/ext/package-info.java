/**
 * Reads files, directories and links of ext2, ext3 and ext4.
 *
 * <p>The way to a file: superblock and descriptors of groups (of the library {@code fs-ext}), inodes ({@code InodeTable}, {@code FileInode}), where
 * their blocks are ({@code ExtentRuns}, {@code PointerRuns}), and what is in them ({@code MappedContent}, {@code DirectoryBlocks}, {@code Attributes}).
 * Facts on the layout are those of the kernel's ext4 documentation; names of fields are taken from there. All numbers are little endian.
 *
 * <p>Directories are read as the list of entries that all of them are, also those with an index of hashes: the blocks of the index look like
 * entries that are free. A journal is not replayed: what is shown is what a mount with {@code noload} shows.
 */
package org.imagingutility.files.ext;
