package org.imagingutility.allocator.fat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.imagingutility.tck.CountingDevice;

/** Bytes of any length, zero where nothing was written. */
final class SparseBytes implements CountingDevice.Content {
    private static final int PAGE = 4096;
    private static final byte[] ZEROS = new byte[PAGE];

    private final Map<Long, byte[]> pages = new HashMap<>();

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

    void write(long offset, byte... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            long position = offset + i;
            pages.computeIfAbsent(position / PAGE, page -> new byte[PAGE])[(int) (position % PAGE)] = bytes[i];
        }
    }

    byte[] read(long offset, int length) {
        byte[] bytes = new byte[length];
        read(offset, ByteBuffer.wrap(bytes));
        return bytes;
    }

    void writeShort(long offset, int value) {
        write(offset, little(2).putShort((short) value).array());
    }

    void writeInt(long offset, int value) {
        write(offset, little(4).putInt(value).array());
    }

    void writeLong(long offset, long value) {
        write(offset, little(8).putLong(value).array());
    }

    private static ByteBuffer little(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
