package org.imagingutility.disk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.ImagingException;

/**
 * Reads any range of bytes from a device that transfers whole sectors only. Keeps one buffer, as long as the longest
 * range read so far and its sectors need. For one thread.
 */
final class AlignedReader {
    private static final int PAGE = 4096;

    private final Device device;
    private ByteBuffer buffer = ByteBuffer.allocateDirect(0);

    /** Creates a reader of {@code device}, which it does not close. */
    AlignedReader(Device device) {
        this.device = device;
    }

    /** Returns the length of the device in bytes. */
    long deviceLength() {
        return device.length();
    }

    /** Returns the reference of the device. */
    String deviceName() {
        return device.info().reference();
    }

    /**
     * Reads {@code length} bytes from byte {@code offset} on.
     *
     * @return a direct little-endian buffer with exactly these bytes, valid until the next call
     * @throws IndexOutOfBoundsException if the range is outside the device: the caller has checked it
     */
    ByteBuffer read(long offset, int length) throws ImagingException {
        long deviceLength = device.length();
        if (offset < 0 || length < 0 || offset > deviceLength - length) {
            throw new IndexOutOfBoundsException(offset + "+" + length + " is outside 0.." + deviceLength);
        }
        int sectorSize = device.sectorSize();
        int before = (int) (offset % sectorSize);
        int overhang = (int) ((offset + length) % sectorSize);
        long after = overhang == 0 ? 0 : Math.min(sectorSize - overhang, deviceLength - offset - length);
        ByteBuffer target = reserve(Math.toIntExact(before + length + after));
        device.read(offset - before, target);
        return target.slice(before, length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private ByteBuffer reserve(int length) {
        if (buffer.capacity() < length) {
            int pages = (length - 1) / PAGE + 1;
            buffer = ByteBuffer.allocateDirect(Math.multiplyExact(pages + 1, PAGE)).alignedSlice(PAGE);
        }
        return buffer.clear().limit(length);
    }
}
