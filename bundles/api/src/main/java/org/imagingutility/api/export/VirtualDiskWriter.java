package org.imagingutility.api.export;

import java.nio.ByteBuffer;
import java.util.List;
import org.imagingutility.api.error.ImagingException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Writes one virtual disk. For one thread. Order of calls: {@link #write} for each range of content in the order of the disk;
 * {@link #finish}, once; {@link #close}, always. What is not written reads as zeros. The writer does not own the
 * {@link org.imagingutility.api.store.ImageFile} and neither publishes nor closes it. Memory does not grow with the disk.
 */
@ConsumerType
public interface VirtualDiskWriter extends AutoCloseable {

    /** Returns the length of the disk as those see it who open the file, in bytes: that of the device or a little more. */
    long diskLength();

    /** Returns what the user should know of this disk although it can be made; one sentence each. */
    default List<String> notes() {
        return List.of();
    }

    /**
     * Writes the next range and moves the position of {@code content} to its limit. Zeros in it need not be stored.
     *
     * @param offset first byte on the disk: a multiple of 512, not before the end of the range before
     * @param content the range: a multiple of 512 bytes, unless it ends at the end of the device; may be reused when the call
     *        returns
     * @throws IllegalArgumentException for a range that does not follow the one before or leads out of the device
     */
    void write(long offset, ByteBuffer content) throws ImagingException;

    /** Completes the disk. What was written need not be on stable storage yet. */
    void finish() throws ImagingException;

    @Override
    void close() throws ImagingException;
}
