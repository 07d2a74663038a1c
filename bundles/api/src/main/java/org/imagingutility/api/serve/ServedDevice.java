package org.imagingutility.api.serve;

import java.nio.ByteBuffer;
import org.imagingutility.api.error.ImagingException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A device that a server shows. Everything may be called by several threads at once, with any range inside the device, whole sectors
 * or not, and any buffer. A call waits while a plug-in that the device needs is being replaced.
 */
@ProviderType
public interface ServedDevice {

    /** Returns the name that clients ask for it by; may be empty: that of the default device. */
    String name();

    /** Returns what it is, for people. */
    String description();

    /** Returns the length in bytes; it stays the same. */
    long length();

    /** Returns the length of a sector in bytes: a power of two from 512 to 65536. */
    int sectorSize();

    /** Says whether it can be written to. */
    boolean writable();

    /**
     * Reads {@code target.remaining()} bytes from {@code offset} on and moves the target's position to its limit.
     *
     * @throws org.imagingutility.api.error.DeviceException if not all of them can be had, because what they are stored in is damaged;
     *         its offset is the first that cannot, and what was put into the target before it holds
     * @throws IllegalArgumentException if the range is outside the device
     */
    void read(long offset, ByteBuffer target) throws ImagingException;

    /**
     * Says what the bytes from {@code offset} on are.
     *
     * @param offset bytes, from 0 to the length less one
     * @param limit bytes from there on that are of interest, positive; the answer may be shorter, and is not longer
     */
    ServedRange range(long offset, long limit) throws ImagingException;

    /** Makes sure, as far as there is room, that what is read of this range soon is read quickly. Damage is no error here. */
    void prefetch(long offset, long length) throws ImagingException;

    /**
     * Writes {@code source.remaining()} bytes at {@code offset}. Of two writes to the same bytes at the same time either may stay.
     *
     * @throws org.imagingutility.api.error.TargetException if they could not be written
     * @throws IllegalStateException if the device is not writable
     */
    void write(long offset, ByteBuffer source) throws ImagingException;

    /**
     * Makes a range zeros.
     *
     * @throws org.imagingutility.api.error.TargetException if that could not be done
     * @throws IllegalStateException if the device is not writable
     */
    void zero(long offset, long length) throws ImagingException;

    /**
     * Returns when all that was written by calls that had returned before is on stable storage. Does nothing if the device is not
     * writable.
     *
     * @throws org.imagingutility.api.error.TargetException if that cannot be said
     */
    void flush() throws ImagingException;
}
