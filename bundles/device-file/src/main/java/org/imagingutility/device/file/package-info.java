/**
 * Raw image files, and the block devices of Linux.
 *
 * <p>{@code source} opens devices for reading, {@code target} for writing; {@code linux} is what Linux is asked about block devices and
 * mounts, and {@code channel} what all of them do with an open file.
 *
 * <p>Devices are read and written through {@link java.nio.channels.FileChannel}s and the page cache. Such a channel
 * closes itself when its thread is interrupted: whoever stops a job must not interrupt threads that read or write here.
 */
package org.imagingutility.device.file;
