package org.imagingutility.device.file.channel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.TargetException;

/** Reads and writes that transfer all bytes or fail with the place. */
public final class Transfers {
    private static final int MAX_BUFFER_ALIGNMENT = 4096;

    private Transfers() {
    }

    /**
     * Checks what {@link org.imagingutility.api.device.Device#read} demands.
     *
     * @param end a length the range may end at without being a whole number of sectors, besides the device's own
     * @throws IllegalArgumentException if it does not hold
     */
    public static void check(DeviceInfo info, long end, long offset, ByteBuffer buffer) {
        checkRange(info, end, offset, buffer.remaining());
        int alignment = Math.min(info.sectorSize(), MAX_BUFFER_ALIGNMENT);
        if (!buffer.isDirect() || buffer.alignmentOffset(buffer.position(), alignment) != 0) {
            throw new IllegalArgumentException("the buffer is not direct or its position not aligned to "
                    + alignment + " bytes");
        }
    }

    /** Checks a range as {@link #check} does. */
    public static void checkRange(DeviceInfo info, long end, long offset, long length) {
        if (offset < 0 || length < 0 || offset > info.length() - length) {
            throw new IllegalArgumentException("range " + offset + "+" + length + " is outside the device of "
                    + info.length() + " bytes");
        }
        if (offset % info.sectorSize() != 0) {
            throw new IllegalArgumentException("offset " + offset + " is no multiple of the sector size "
                    + info.sectorSize());
        }
        if (length % info.sectorSize() != 0 && offset + length != info.length() && offset + length != end) {
            throw new IllegalArgumentException("length " + length + " at " + offset + " is no multiple of the sector size "
                    + info.sectorSize() + " and does not end at the end");
        }
    }

    public static void read(DeviceInfo info, FileChannel channel, long offset, ByteBuffer target) throws DeviceException {
        int begin = target.position();
        while (target.hasRemaining()) {
            long at = offset + (target.position() - begin);
            int count;
            try {
                count = channel.read(target, at);
            } catch (IOException e) {
                // what lies before an unreadable sector was delivered by the call before this one
                throw IoErrors.reading(info.reference(), at, e);
            }
            if (count < 0) {
                throw ended(info, at);
            }
        }
    }

    /** The error of a device that ends at {@code at}, before its length. */
    public static DeviceException ended(DeviceInfo info, long at) {
        return DeviceException.deviceChanged(info.reference(), at, "the device ends here, " + info.length()
                + " bytes were expected: it shrank or was cut while it was being read", null, null);
    }

    public static void write(DeviceInfo info, FileChannel channel, long offset, ByteBuffer source) throws TargetException {
        int begin = source.position();
        while (source.hasRemaining()) {
            long at = offset + (source.position() - begin);
            try {
                channel.write(source, at);
            } catch (IOException e) {
                throw IoErrors.writing(info.reference(), at, e);
            }
        }
    }
}
