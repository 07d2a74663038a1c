package org.imagingutility.format.skz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.imagingutility.api.Digest;

/** Puts structures together, one after another in one buffer that grows as needed. For one thread. */
final class StructureWriter {
    private static final int FIRST_CAPACITY = 4096;

    private final boolean direct;
    private ByteBuffer buffer;

    private StructureWriter(boolean direct) {
        this.direct = direct;
        this.buffer = allocate(FIRST_CAPACITY);
    }

    /** Returns one with a direct buffer, which is written to files without a copy. */
    static StructureWriter direct() {
        return new StructureWriter(true);
    }

    /** Returns one for structures that are only compared. */
    static StructureWriter onHeap() {
        return new StructureWriter(false);
    }

    /** Begins a structure; the buffer returned by the last {@code end} becomes invalid. */
    StructureWriter begin(StructureKind kind) {
        buffer.clear();
        return u32(kind.magic()).u32(0).u64(kind.tagBits());
    }

    /** Makes room for {@code count} more bytes at once, so that a large structure does not grow by being copied. */
    StructureWriter reserve(long count) {
        room(Math.toIntExact(count));
        return this;
    }

    StructureWriter u8(int value) {
        room(1).put((byte) value);
        return this;
    }

    StructureWriter u16(int value) {
        room(2).putShort((short) value);
        return this;
    }

    StructureWriter u32(int value) {
        room(4).putInt(value);
        return this;
    }

    StructureWriter u64(long value) {
        room(8).putLong(value);
        return this;
    }

    StructureWriter zeros(int count) {
        for (int i = 0; i < count; i++) {
            u8(0);
        }
        return this;
    }

    StructureWriter bytes(byte[] value) {
        room(value.length).put(value);
        return this;
    }

    StructureWriter digest(Digest value) {
        return bytes(value.toBytes());
    }

    /** Adds an index slot. */
    StructureWriter slot(IndexSlot slot, long imageId) {
        room(IndexSlot.LENGTH);
        slot.encode(buffer, imageId);
        return this;
    }

    /** Completes the structure: puts in its length and adds the CRC-32C. The buffer is valid until the next {@code begin}. */
    ByteBuffer end() {
        return end(0);
    }

    /** Completes the head of a structure that is followed by {@code following} bytes that its CRC-32C does not cover. */
    ByteBuffer end(int following) {
        room(Structure.CRC_LENGTH);
        int crcAt = buffer.position();
        buffer.putInt(4, crcAt + Structure.CRC_LENGTH - Structure.PREFIX_LENGTH + following);
        buffer.putInt(Structure.crc(buffer, 0, crcAt));
        return buffer.flip();
    }

    private ByteBuffer room(int count) {
        if (buffer.remaining() < count) {
            int needed = Math.addExact(buffer.position(), count);
            ByteBuffer larger = allocate((int) Math.max(needed, Math.min(2L * buffer.capacity(), Integer.MAX_VALUE - 8)));
            buffer = larger.put(buffer.flip());
        }
        return buffer;
    }

    private ByteBuffer allocate(int capacity) {
        ByteBuffer empty = direct ? ByteBuffer.allocateDirect(capacity) : ByteBuffer.allocate(capacity);
        return empty.order(ByteOrder.LITTLE_ENDIAN);
    }
}
