/**
 * Reads files and directories of FAT12, FAT16 and FAT32.
 *
 * <p>The way to a file: boot sector, layout and FATs (of the library {@code fs-fat}), entries of directories ({@code DirectoryEntries}, with the
 * long names in front of them, {@code LongName}), and the chain of clusters that an entry leads to ({@code FileClusters}, {@code FatContent}).
 * Facts on the layout are those of Microsoft's {@code fatgen103}, sections "FAT Directory Structure" and "Long Directory Entries". All numbers are
 * little endian.
 *
 * <p>Names in one of the code pages of DOS do not say in which; users can. Times are those of a clock on the wall.
 */
package org.imagingutility.files.fat;
