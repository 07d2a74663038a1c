/**
 * Snapshots of raw image files, such as the disks of virtual machines, on file systems that share blocks between files. Linux
 * clones a file as of one moment, with regard to each write as a whole, and copies nothing ({@code FICLONE}, ioctl_ficlone(2));
 * {@code cp --reflink=always} of GNU coreutils asks it to.
 */
package org.imagingutility.snapshot.reflink;
