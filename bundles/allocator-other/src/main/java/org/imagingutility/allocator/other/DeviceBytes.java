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
    /** Bytes that are read at once: most signatures stand in the first block. */
    private static final int BLOCK = 64 << 10;

    private final AlignedReader reader;
    private final long length;
    private final Map<Long, ByteBuffer> blocks = new HashMap<>();
    private DeviceException unreadable;

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
            try {
                for (int done = 0; done < count;) {
                    done += copy(at + done, found);
                }
            } catch (DeviceException e) {
                if (e.isDeviceChanged()) {
                    throw e;
                }
                unreadable = unreadable == null ? e : unreadable;
                return ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
            }
        }
        return found.rewind();
    }

    /** Copies what the block at {@code at} has of the bytes that {@code target} lacks. */
    private int copy(long at, ByteBuffer target) throws ImagingException {
        long start = at / BLOCK * BLOCK;
        ByteBuffer block = blocks.get(start);
        if (block == null) {
            try {
                ByteBuffer read = reader.read(start, (int) Math.min(BLOCK, length - start));
                block = ByteBuffer.allocate(read.remaining()).put(read).flip();
                blocks.put(start, block);
            } catch (DeviceException e) {
                // a bad sector elsewhere in the block must not hide what can be read
                int alone = (int) Math.min(target.remaining(), start + BLOCK - at);
                target.put(reader.read(at, alone));
                return alone;
            }
        }
        int from = (int) (at - start);
        int count = Math.min(target.remaining(), block.limit() - from);
        target.put(block.slice(from, count));
        return count;
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
