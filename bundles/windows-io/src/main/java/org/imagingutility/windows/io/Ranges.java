package org.imagingutility.windows.io;

import java.nio.ByteBuffer;
import org.imagingutility.api.device.DeviceInfo;

/** What {@link org.imagingutility.api.device.Device#read} demands of its caller. */
final class Ranges {
    private static final int MAX_BUFFER_ALIGNMENT = 4096;

    private Ranges() {
    }

    /**
     * Checks a transfer.
     *
     * @param end a length the range may end at without being a whole number of sectors, besides the device's own
     * @throws IllegalArgumentException if it does not hold
     */
    static void check(DeviceInfo info, long end, long offset, ByteBuffer buffer) {
        long length = buffer.remaining();
        if (offset < 0 || offset > info.length() - length) {
            throw new IllegalArgumentException("range " + offset + "+" + length + " is outside the device of "
                    + info.length() + " bytes");
        }
        if (offset % info.sectorSize() != 0) {
            throw new IllegalArgumentException("offset " + offset + " is no multiple of the sector size " + info.sectorSize());
        }
        if (length % info.sectorSize() != 0 && offset + length != info.length() && offset + length != end) {
            throw new IllegalArgumentException("length " + length + " at " + offset + " is no multiple of the sector size "
                    + info.sectorSize() + " and does not end at the end");
        }
        int alignment = Math.min(info.sectorSize(), MAX_BUFFER_ALIGNMENT);
        if (!buffer.isDirect() || buffer.alignmentOffset(buffer.position(), alignment) != 0) {
            throw new IllegalArgumentException("the buffer is not direct or its position not aligned to " + alignment + " bytes");
        }
    }
}
