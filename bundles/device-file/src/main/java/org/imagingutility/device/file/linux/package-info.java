/**
 * What Linux says of block devices, and what it does for their targets.
 *
 * <p>Block devices are described in sysfs ({@code Documentation/ABI/stable/sysfs-block} of the kernel), mounts in
 * {@code /proc/self/mountinfo} ({@code Documentation/filesystems/proc.rst}, section 3.5) and swap space in {@code /proc/swaps}. Claims
 * ({@code O_EXCL}), discards and holes are system calls that Java does not have.
 */
package org.imagingutility.device.file.linux;
