/**
 * What the plug-ins for NTFS have in common: how to get from the boot sector to the records of files and to their clusters. Not part
 * of the API: it changes with these plug-ins.
 *
 * <p>Facts on the layout are those documented by the Linux-NTFS project (its "NTFS Documentation", and {@code layout.h}
 * of ntfs-3g); names of structures and fields are taken from there. All numbers on the volume are little endian.
 *
 * <p>Words: <em>LCN</em> is the number of a cluster on the volume, <em>VCN</em> the number of a cluster within one
 * file's data, a <em>run</em> is a stretch of clusters that follow one another in both.
 *
 * <p>Classes of {@code structure} turn bytes into values and read nothing; those of {@code runs} and {@code mft} read, and leave the
 * meaning of bytes to them. Errors name the byte of the volume that is wrong, and what to do, which the plug-in says ({@code Place}).
 */
package org.imagingutility.fs.ntfs;
