package org.imagingutility.allocator.other;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;

/**
 * The bytes of a device by their offsets, read when they are first asked for and kept. What lies outside the device, or cannot
 * be read, counts as zeros. For one thread.
 */
final class DeviceBytes {
    /** Bytes that are read at once: most signatures stand in the first block, the others far from each other. */
    private static final int BLOCK = 16 << 10;
    /** Bytes of a block that are read alone where not all of it can be read: a bad sector hides no more. */
    private static final int PAGE = 4 << 10;
    /** Each failed read costs its retries, and perhaps the time until it is given up; a dead area has many places. */
    private static final int MAX_FAILED_READS = 4;

    private final AlignedReader reader;
    private final long length;
    private final Map<Long, Block> blocks = new HashMap<>();
    /** That a place was asked for which could not be read. */
    private DeviceException unreadable;
    private DeviceException failure;
    private int failedReads;

    /**
     * A block as far as it could be read.
     *
     * @param bytes its bytes, zeros where they could not be read
     * @param badPages a bit for each page that could not be read
     */
    private record Block(ByteBuffer bytes, int badPages) {
    }

    DeviceBytes(Device device) {
        this.reader = new AlignedReader(device);
        this.length = device.length();
    }

    /** Returns the length of the device in bytes. */
    long length() {
        return length;
    }

    /** Ends in an error if a place that was asked for could not be read. */
    void checkAllRead() throws DeviceException {
        if (unreadable != null) {
            throw unreadable;
        }
    }

    /** Says whether {@code count} bytes at {@code at} are on the device. */
    boolean has(long at, int count) {
        return at >= 0 && count <= length && at <= length - count;
    }

    /** Returns {@code count} bytes, little endian; zeros if not all of them can be had. */
    ByteBuffer bytes(long at, int count) throws ImagingException {
        ByteBuffer found = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        if (has(at, count)) {
            for (long position = at; position < at + count;) {
                position += copy(position, found);
            }
            return found.rewind();
        }
        return found;
    }

    /** Copies what the block at {@code at} has of the bytes that {@code target} lacks. */
    private int copy(long at, ByteBuffer target) throws ImagingException {
        long start = at / BLOCK * BLOCK;
        Block block = blocks.get(start);
        if (block == null) {
            block = read(start);
            blocks.put(start, block);
        }
        int from = (int) (at - start);
        int count = Math.min(target.remaining(), block.bytes.limit() - from);
        target.put(block.bytes.slice(from, count));
        for (int page = from / PAGE; page <= (from + count - 1) / PAGE; page++) {
            if ((block.badPages & 1 << page) != 0) {
                unreadable = failure;
            }
        }
        return count;
    }

    private Block read(long start) throws ImagingException {
        int size = (int) Math.min(BLOCK, length - start);
        ByteBuffer bytes = ByteBuffer.allocate(size);
        if (tryTo(start, size, bytes)) {
            return new Block(bytes, 0);
        }
        int badPages = 0;
        for (int page = 0; page * PAGE < size; page++) {
            int at = page * PAGE;
            if (!tryTo(start + at, Math.min(PAGE, size - at), bytes.slice(at, Math.min(PAGE, size - at)))) {
                badPages |= 1 << page;
            }
        }
        return new Block(bytes, badPages);
    }

    private boolean tryTo(long at, int count, ByteBuffer target) throws ImagingException {
        if (failedReads >= MAX_FAILED_READS) {
            return false;
        }
        try {
            target.put(0, reader.read(at, count), 0, count);
            return true;
        } catch (DeviceException e) {
            if (e.isDeviceChanged()) {
                throw e;
            }
            failure = e;
            failedReads++;
            return false;
        }
    }

    /** Says whether {@code text}, one byte a character, stands at {@code at}. */
    boolean says(long at, String text) throws ImagingException {
        return has(at, text.length())
                && bytes(at, text.length()).equals(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** Returns the byte there. */
    int u8(long at) throws ImagingException {
        return Byte.toUnsignedInt(bytes(at, 1).get(0));
    }

    /** Returns 2 bytes, the least significant first. */
    int u16(long at) throws ImagingException {
        return Short.toUnsignedInt(bytes(at, Short.BYTES).getShort(0));
    }

    /** Returns 2 bytes, the most significant first. */
    int u16big(long at) throws ImagingException {
        return Short.toUnsignedInt(Short.reverseBytes(bytes(at, Short.BYTES).getShort(0)));
    }

    /** Returns 4 bytes, the least significant first. */
    long u32(long at) throws ImagingException {
        return Integer.toUnsignedLong(bytes(at, Integer.BYTES).getInt(0));
    }

    /** Returns 4 bytes, the most significant first. */
    long u32big(long at) throws ImagingException {
        return Integer.toUnsignedLong(Integer.reverseBytes(bytes(at, Integer.BYTES).getInt(0)));
    }

    /** Returns 8 bytes, the least significant first; negative where they do not fit. */
    long u64(long at) throws ImagingException {
        return bytes(at, Long.BYTES).getLong(0);
    }

    /** Returns 8 bytes, the most significant first; negative where they do not fit. */
    long u64big(long at) throws ImagingException {
        return Long.reverseBytes(u64(at));
    }

    /**
     * Returns a text that ends at a zero or after {@code count} bytes, without blanks around it. Control characters, which
     * could steer the terminal that it is shown on, are replaced.
     */
    String text(long at, int count, Charset charset) throws ImagingException {
        String text = new String(bytes(at, count).array(), charset);
        int end = text.indexOf('\0');
        StringBuilder shown = new StringBuilder(end < 0 ? text : text.substring(0, end));
        for (int i = 0; i < shown.length(); i++) {
            if (Character.isISOControl(shown.charAt(i))) {
                shown.setCharAt(i, '?');
            }
        }
        return shown.toString().strip();
    }

    /** Returns such a text in UTF-8. */
    String text(long at, int count) throws ImagingException {
        return text(at, count, StandardCharsets.UTF_8);
    }

    /** Returns 16 bytes in the usual spelling of a UUID; empty if they are zeros. */
    String uuid(long at) throws ImagingException {
        UUID uuid = new UUID(u64big(at), u64big(at + Long.BYTES));
        return uuid.getMostSignificantBits() == 0 && uuid.getLeastSignificantBits() == 0 ? "" : uuid.toString();
    }
}
