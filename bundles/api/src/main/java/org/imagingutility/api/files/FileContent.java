package org.imagingutility.api.files;

import java.nio.ByteBuffer;
import org.imagingutility.api.error.ImagingException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The content of a file or stream. For one thread, the one that uses the tree; several contents may be open. Memory does not grow with the
 * length.
 */
@ConsumerType
public interface FileContent extends AutoCloseable {

    /** Returns the length in bytes; it stays the same. */
    long length();

    /**
     * Reads {@code target.remaining()} bytes from {@code offset} on and moves the target's position to its limit. Range and buffer may be any,
     * direct or not; reading on from where the last call ended is quick.
     *
     * @throws org.imagingutility.api.error.FileSystemException if what says where the bytes are, or the bytes themselves, do not hold (a compressed
     *         unit that does not decompress); the target's content is then undefined
     * @throws org.imagingutility.api.error.DeviceException if the volume cannot be read there
     * @throws IllegalArgumentException if the range is outside the content
     * @throws IllegalStateException if the content is closed
     */
    void read(long offset, ByteBuffer target) throws ImagingException;

    /**
     * Says what the bytes from {@code offset} on are, without reading them.
     *
     * <p>As it is, all of the content is data.
     *
     * @param offset bytes, from 0 to the length less one
     * @param limit bytes from there on that are of interest, positive; the answer may be shorter, and is neither longer nor longer than what is left
     */
    default FileRange range(long offset, long limit) throws ImagingException {
        return new FileRange(Math.min(limit, length() - offset), FileRange.Kind.DATA);
    }

    /** Ends the use of the content. May be called twice. */
    @Override
    void close() throws ImagingException;
}
