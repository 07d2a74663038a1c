package org.imagingutility.tck.device;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;

/**
 * A device made of any content, of any length. Insists on the alignment that unbuffered reads demand, and counts what is
 * read. Safe for use by several threads.
 */
public final class CountingDevice implements Device {
    private static final int PAGE = 4096;

    private final DeviceInfo info;
    private final Content content;
    private long unreadableFrom = -1;
    private long unreadableTo = -1;
    private boolean closed;
    private long bytesRead;
    private long readCount;
    private long failedReads;
    private int longestRead;

    /** Creates a device of {@code length} bytes in sectors of {@code sectorSize} bytes. */
    public CountingDevice(long length, int sectorSize, Content content) {
        this.info = new DeviceInfo("volume", DeviceKind.FILE, length, sectorSize, "", Optional.empty(), List.of(),
                true);
        this.content = content;
    }

    /** The bytes of a device. */
    @FunctionalInterface
    public interface Content {
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
            failedReads++;
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
    public synchronized void close() {
        closed = true;
    }

    /** Makes reads that touch {@code length} bytes from {@code offset} on fail; one range at a time. */
    public synchronized void makeUnreadable(long offset, long length) {
        unreadableFrom = offset;
        unreadableTo = offset + length;
    }

    /** Begins to count again. */
    public synchronized void resetCounts() {
        bytesRead = 0;
        readCount = 0;
        failedReads = 0;
        longestRead = 0;
    }

    /** Returns how many bytes were read. */
    public synchronized long bytesRead() {
        return bytesRead;
    }

    /** Returns how many reads succeeded. */
    public synchronized long readCount() {
        return readCount;
    }

    /** Returns how many reads failed. */
    public synchronized long failedReads() {
        return failedReads;
    }

    /** Returns the bytes of the longest read. */
    public synchronized int longestRead() {
        return longestRead;
    }
}
