/**
 * What a backup takes of a disk: how the disk is divided, whether that can be gone by, and what of the space in no partition is
 * kept.
 *
 * <p>A byte is left out only where the table is understood and contradicts nothing, and where the byte lies in unpartitioned
 * space that was read, or in what a file system calls free. {@code DiskTable} reads the table, {@code DiskLayout} decides
 * whether it can be gone by, {@code UnpartitionedSpace} what is kept beside the partitions, {@code SpaceScan} looks at space
 * that may be left out.
 */
package org.imagingutility.engine.layout;
