/**
 * Raw image files, and the block devices of Linux.
 *
 * <p>What Linux says of block devices is read from sysfs ({@code Documentation/ABI/stable/sysfs-block} of the kernel),
 * {@code /proc/self/mountinfo} ({@code Documentation/filesystems/proc.rst}, section 3.5) and {@code /proc/swaps}.
 *
 * <p>Devices are read and written through {@link java.nio.channels.FileChannel}s and the page cache. Such a channel
 * closes itself when its thread is interrupted: whoever stops a job must not interrupt threads that read or write here.
 */
package org.imagingutility.device.file;
