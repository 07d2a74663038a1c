package org.imagingutility.tck.device;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/** Bytes of any length, zero where nothing was written; numbers are little endian. For one thread. */
public final class SparseBytes implements CountingDevice.Content {
    private static final int PAGE = 4096;
    private static final byte[] ZEROS = new byte[PAGE];

    private final Map<Long, byte[]> pages = new HashMap<>();

    /** Creates bytes that are all zero. */
    public SparseBytes() {
    }

    @Override
    public void read(long offset, ByteBuffer target) {
        long position = offset;
        while (target.hasRemaining()) {
            int at = (int) (position % PAGE);
            int part = Math.min(target.remaining(), PAGE - at);
            target.put(pages.getOrDefault(position / PAGE, ZEROS), at, part);
            position += part;
        }
    }

    /** Writes {@code bytes} from {@code offset} on. */
    public void write(long offset, byte... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            long position = offset + i;
            pages.computeIfAbsent(position / PAGE, page -> new byte[PAGE])[(int) (position % PAGE)] = bytes[i];
        }
    }

    /** Says whether something was written near this range. */
    public boolean isWritten(long offset, int length) {
        for (long page = offset / PAGE; page <= (offset + length) / PAGE; page++) {
            if (pages.containsKey(page)) {
                return true;
            }
        }
        return false;
    }

    /** Returns {@code length} bytes from {@code offset} on. */
    public byte[] read(long offset, int length) {
        byte[] bytes = new byte[length];
        read(offset, ByteBuffer.wrap(bytes));
        return bytes;
    }

    /** Writes the lower 16 bits of {@code value}. */
    public void writeShort(long offset, int value) {
        write(offset, little(2).putShort((short) value).array());
    }

    /** Writes 32 bits. */
    public void writeInt(long offset, int value) {
        write(offset, little(4).putInt(value).array());
    }

    /** Writes 64 bits. */
    public void writeLong(long offset, long value) {
        write(offset, little(8).putLong(value).array());
    }

    private static ByteBuffer little(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
