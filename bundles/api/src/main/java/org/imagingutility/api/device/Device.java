package org.imagingutility.api.device;

import java.nio.ByteBuffer;
import org.imagingutility.api.error.ImagingException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * An open device. Reads may come from several threads at once; nothing else may change its state while it is open.
 * The one who opened it closes it; {@link #close()} may be called twice; a read after it fails.
 */
@ConsumerType
public interface Device extends AutoCloseable {

    /** Returns what was known when the device was opened. */
    DeviceInfo info();

    /** Returns the length in bytes; the same value as long as the device is open. */
    default long length() {
        return info().length();
    }

    /** Returns the smallest unit of transfer in bytes. */
    default int sectorSize() {
        return info().sectorSize();
    }

    /**
     * Reads {@code target.remaining()} bytes from {@code offset} on and moves the target's position to its limit.
     *
     * <p>{@code offset} is a multiple of the sector size. The length is a multiple of the sector size as well,
     * except where the range ends at the end of the device. The target is a direct buffer, and the address of
     * its position is a multiple of the sector size, or of 4096 if that is less (unbuffered reads demand it).
     *
     * @throws org.imagingutility.api.error.DeviceException if not all bytes can be read; its offset is the first
     *         byte that could not. The target's content is then undefined. Reaching the end early (the device
     *         shrank) is such an error, never a short read.
     * @throws IllegalArgumentException if the range is outside the device or not aligned as said above
     */
    void read(long offset, ByteBuffer target) throws ImagingException;

    @Override
    void close() throws ImagingException;
}
