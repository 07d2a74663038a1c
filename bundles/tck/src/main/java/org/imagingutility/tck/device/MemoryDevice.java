package org.imagingutility.tck.device;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.error.DeviceException;

/**
 * A device in memory. It insists on the alignment the contract demands, counts reads, and can have unreadable sectors
 * or shrink. Safe for use by several threads.
 */
public final class MemoryDevice implements Device {
    private static final int BUFFER_ALIGNMENT = 4096;

    private final DeviceInfo info;
    private final byte[] content;
    private long readable;
    private long badSector = -1;
    private long readsUntilError = Long.MAX_VALUE;
    private long readCount;
    private boolean closed;

    /** Creates a device with sectors of 512 bytes that holds {@code content} itself, not a copy. */
    public MemoryDevice(byte[] content) {
        this(content, 512);
    }

    /** Creates a device that holds {@code content} itself, not a copy; {@code sectorSize} is in bytes. */
    public MemoryDevice(byte[] content, int sectorSize) {
        this("memory:device", content, sectorSize);
    }

    MemoryDevice(String reference, byte[] content, int sectorSize) {
        info = new DeviceInfo(reference, DeviceKind.FILE, content.length, sectorSize, "memory", Optional.empty(),
                List.of(), true);
        this.content = content;
        readable = content.length;
    }

    /** Makes every read that touches the sector at byte {@code offset} fail. */
    public synchronized void failAt(long offset) {
        badSector = offset / info.sectorSize() * info.sectorSize();
    }

    /** Makes every read fail after the next {@code count} ones. */
    public synchronized void failReadsAfter(long count) {
        readsUntilError = count;
    }

    /** Makes the device end at {@code length}, less than it said. */
    public synchronized void shrinkTo(long length) {
        readable = length;
    }

    /** Returns how many reads there were, failed ones included. */
    public synchronized long readCount() {
        return readCount;
    }

    /** Says whether the device is closed. */
    public synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public DeviceInfo info() {
        return info;
    }

    @Override
    public synchronized void read(long offset, ByteBuffer target) throws DeviceException {
        checkRange(info, offset, target);
        readCount++;
        long end = offset + target.remaining();
        if (closed) {
            throw DeviceException.deviceChanged(info.reference(), offset, "is closed", null, null);
        }
        if (readsUntilError-- <= 0) {
            throw new DeviceException(info.reference(), offset, "injected read error", null, null);
        }
        if (badSector >= 0 && offset < badSector + info.sectorSize() && badSector < end) {
            throw new DeviceException(info.reference(), Math.max(offset, badSector), "injected bad sector", null, null);
        }
        if (end > readable) {
            throw DeviceException.deviceChanged(info.reference(), Math.max(offset, readable), "the device ends at byte " + readable
                    + ", " + info.length() + " bytes were expected", null, null);
        }
        target.put(content, (int) offset, target.remaining());
    }

    /**
     * Checks what {@link Device#read} demands of a range and a buffer.
     *
     * @throws IllegalArgumentException if the range is outside the device or not of whole sectors, or the buffer is not aligned
     */
    public static void checkRange(DeviceInfo info, long offset, ByteBuffer buffer) {
        checkRange(info, info.length(), offset, buffer);
    }

    /** Checks a range and a buffer, where a range may end at {@code end} as well as at the end of the device. */
    static void checkRange(DeviceInfo info, long end, long offset, ByteBuffer buffer) {
        checkRange(info, end, offset, buffer.remaining());
        if (!buffer.isDirect() || buffer.alignmentOffset(buffer.position(), BUFFER_ALIGNMENT) != 0) {
            throw new IllegalArgumentException("the buffer is not direct or its position not aligned to "
                    + BUFFER_ALIGNMENT + " bytes");
        }
    }

    /** Checks a range that may end at {@code end} as well as at the end of the device. */
    static void checkRange(DeviceInfo info, long end, long offset, long length) {
        if (offset < 0 || length < 0 || offset > info.length() - length) {
            throw new IllegalArgumentException(offset + "+" + length + " is outside the " + info.length() + " bytes");
        }
        boolean wholeSectors = length % info.sectorSize() == 0 || offset + length == info.length()
                || offset + length == end;
        if (offset % info.sectorSize() != 0 || !wholeSectors) {
            throw new IllegalArgumentException(offset + "+" + length + " is not aligned to sectors of "
                    + info.sectorSize() + " bytes");
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
