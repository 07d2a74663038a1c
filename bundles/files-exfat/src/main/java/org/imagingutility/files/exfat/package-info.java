/**
 * Reads files and directories of exFAT.
 *
 * <p>The way to a file: boot region and FAT (of the library {@code fs-exfat}), sets of entries in directories ({@code EntrySet},
 * {@code DirectoryEntries}), and the clusters that an entry leads to: a run of neighbours, or a chain ({@code FileClusters},
 * {@code ExfatContent}). Facts on the layout are those of Microsoft's "exFAT file system specification" (revision 1.00, 2019); sections named here
 * are its sections.
 */
package org.imagingutility.files.exfat;
