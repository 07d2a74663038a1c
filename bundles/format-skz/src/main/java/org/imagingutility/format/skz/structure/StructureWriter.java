package org.imagingutility.format.skz.structure;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.imagingutility.api.Digest;

/** Puts structures together, one after another in one buffer that grows as needed. For one thread. */
public final class StructureWriter {
    private static final int FIRST_CAPACITY = 4096;

    private final boolean direct;
    private ByteBuffer buffer;

    private StructureWriter(boolean direct) {
        this.direct = direct;
        this.buffer = allocate(FIRST_CAPACITY);
    }

    /** Returns one with a direct buffer, which is written to files without a copy. */
    public static StructureWriter direct() {
        return new StructureWriter(true);
    }

    /** Returns one for structures that are only compared. */
    public static StructureWriter onHeap() {
        return new StructureWriter(false);
    }

    /** Begins a structure; the buffer returned by the last {@code end} becomes invalid. */
    public StructureWriter begin(StructureKind kind) {
        buffer.clear();
        return u32(kind.magic()).u32(0).u64(kind.tagBits());
    }

    /** Makes room for {@code count} more bytes at once, so that a large structure does not grow by being copied. */
    public StructureWriter reserve(long count) {
        room(Math.toIntExact(count));
        return this;
    }

    /** Adds the low 8 bits of {@code value}. */
    public StructureWriter u8(int value) {
        room(1).put((byte) value);
        return this;
    }

    /** Adds the low 16 bits of {@code value}. */
    public StructureWriter u16(int value) {
        room(2).putShort((short) value);
        return this;
    }

    /** Adds a 32-bit number. */
    public StructureWriter u32(int value) {
        room(4).putInt(value);
        return this;
    }

    /** Adds a 64-bit number. */
    public StructureWriter u64(long value) {
        room(8).putLong(value);
        return this;
    }

    /** Adds {@code count} bytes of zero. */
    public StructureWriter zeros(int count) {
        for (int i = 0; i < count; i++) {
            u8(0);
        }
        return this;
    }

    /** Adds all of {@code value}. */
    public StructureWriter bytes(byte[] value) {
        room(value.length).put(value);
        return this;
    }

    /** Adds a digest. */
    public StructureWriter digest(Digest value) {
        return bytes(value.toBytes());
    }

    /** Completes the structure: puts in its length and adds the CRC-32C. The buffer is valid until the next {@code begin}. */
    public ByteBuffer end() {
        return end(0);
    }

    /** Completes the head of a structure that is followed by {@code following} bytes that its CRC-32C does not cover. */
    public ByteBuffer end(int following) {
        room(Structure.CRC_LENGTH);
        int crcAt = buffer.position();
        buffer.putInt(4, crcAt + Structure.CRC_LENGTH - Structure.PREFIX_LENGTH + following);
        buffer.putInt(Structure.crc(buffer, 0, crcAt));
        return buffer.flip();
    }

    /**
     * Returns the buffer with room for {@code count} more bytes at its position, which the caller moves behind what it puts.
     */
    public ByteBuffer room(int count) {
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
