package org.imagingutility.allocator.exfat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;

/** A device made of any content. Insists on the alignment that unbuffered reads demand, and counts what is read. */
final class TestDevice implements Device {
    private static final int PAGE = 4096;

    private final DeviceInfo info;
    private final Content content;
    private long unreadableFrom = -1;
    private long unreadableTo = -1;
    private boolean closed;
    private long bytesRead;
    private long readCount;
    private int longestRead;

    TestDevice(long length, int sectorSize, Content content) {
        this.info = new DeviceInfo("volume", DeviceKind.FILE, length, sectorSize, "", Optional.empty(), List.of(),
                true);
        this.content = content;
    }

    /** The bytes of a device. */
    @FunctionalInterface
    interface Content {
        /** Puts the bytes from {@code offset} on into what remains of {@code target}. */
        void read(long offset, ByteBuffer target);
    }

    @Override
    public DeviceInfo info() {
        return info;
    }

    @Override
    public synchronized void read(long offset, ByteBuffer target) throws ImagingException {
        int length = target.remaining();
        long end = offset + length;
        if (closed) {
            throw new IllegalStateException("the device is closed");
        }
        if (offset < 0 || end > length() || offset % sectorSize() != 0
                || length % sectorSize() != 0 && end != length()) {
            throw new IllegalArgumentException("range " + offset + "+" + length + " of " + info);
        }
        if (!target.isDirect() || target.alignmentOffset(target.position(), PAGE) != 0) {
            throw new IllegalArgumentException("buffer " + target + " is not aligned to a page");
        }
        if (offset < unreadableTo && end > unreadableFrom) {
            throw new DeviceException("volume", Math.max(offset, unreadableFrom), "unreadable", null, null);
        }
        bytesRead += length;
        readCount++;
        longestRead = Math.max(longestRead, length);
        content.read(offset, target);
        if (target.hasRemaining()) {
            throw new AssertionError("the content left " + target.remaining() + " bytes at " + offset);
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    void makeUnreadable(long offset, long length) {
        unreadableFrom = offset;
        unreadableTo = offset + length;
    }

    void resetCounts() {
        bytesRead = 0;
        readCount = 0;
        longestRead = 0;
    }

    long bytesRead() {
        return bytesRead;
    }

    long readCount() {
        return readCount;
    }

    int longestRead() {
        return longestRead;
    }
}
