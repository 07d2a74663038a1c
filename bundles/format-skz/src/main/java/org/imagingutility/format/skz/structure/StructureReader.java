package org.imagingutility.format.skz.structure;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.imagingutility.api.Digest;
import org.imagingutility.api.error.ImageDamagedException;

/**
 * Takes a structure apart. Magic number, length, tag and CRC-32C are checked before the first field can be read.
 * For one thread.
 */
public final class StructureReader {
    private final ByteBuffer bytes;
    private final StructureKind kind;
    private final ImagePosition place;

    /** Checks the structure that {@code whole} holds from 0 to its limit. */
    public StructureReader(ByteBuffer whole, StructureKind kind, ImagePosition place) throws ImageDamagedException {
        this(whole, kind, place, 0);
    }

    /** Checks the head of a structure that is followed by {@code following} bytes that its CRC-32C does not cover. */
    public StructureReader(ByteBuffer head, StructureKind kind, ImagePosition place, long following)
            throws ImageDamagedException {
        this.bytes = head.duplicate().order(ByteOrder.LITTLE_ENDIAN).position(0);
        this.kind = kind;
        this.place = place;
        check(following);
    }

    private void check(long following) throws ImageDamagedException {
        int length = bytes.limit();
        if (length < Structure.TAGGED_LENGTH + Structure.CRC_LENGTH) {
            throw damaged("it has " + length + " bytes");
        }
        int magic = bytes.getInt();
        if (magic != kind.magic()) {
            throw damaged("magic number is 0x%08X, expected 0x%08X".formatted(magic, kind.magic()));
        }
        long payload = Integer.toUnsignedLong(bytes.getInt());
        if (payload != length - Structure.PREFIX_LENGTH + following) {
            throw damaged("its length is " + payload + ", expected " + (length - Structure.PREFIX_LENGTH + following));
        }
        if (bytes.getLong() != kind.tagBits()) {
            throw damaged("its tag is not " + kind.tag());
        }
        int crcAt = length - Structure.CRC_LENGTH;
        int crc = Structure.crc(bytes, 0, crcAt);
        if (crc != bytes.getInt(crcAt)) {
            throw damaged("CRC-32C is 0x%08X, expected 0x%08X".formatted(crc, bytes.getInt(crcAt)));
        }
        bytes.limit(crcAt);
    }

    /** Reads a byte as an unsigned number. */
    public int u8() throws ImageDamagedException {
        return Byte.toUnsignedInt(need(1).get());
    }

    /** Reads an unsigned 16-bit number. */
    public int u16() throws ImageDamagedException {
        return Short.toUnsignedInt(need(2).getShort());
    }

    /** Reads four bytes whose bits mean no number. */
    public int bits32() throws ImageDamagedException {
        return need(4).getInt();
    }

    /** Reads eight bytes whose bits mean no number, or a signed one. */
    public long bits64() throws ImageDamagedException {
        return need(8).getLong();
    }

    /** Reads an unsigned 32-bit number that must lie in {@code min} to {@code max}. */
    public int u32(String field, long min, long max) throws ImageDamagedException {
        return (int) inRange(field, Integer.toUnsignedLong(need(4).getInt()), min, max);
    }

    /** Reads an unsigned 64-bit number that must lie in {@code min} to {@code max}. */
    public long u64(String field, long min, long max) throws ImageDamagedException {
        return inRange(field, need(8).getLong(), min, max);
    }

    /** Skips {@code count} bytes, which must be zero. */
    public void zeros(int count) throws ImageDamagedException {
        for (int i = 0; i < count; i++) {
            if (u8() != 0) {
                throw damaged("a reserved byte is not zero");
            }
        }
    }

    /** Reads {@code count} bytes. */
    public byte[] bytes(int count) throws ImageDamagedException {
        need(count);
        byte[] value = new byte[count];
        bytes.get(value);
        return value;
    }

    /** Reads a digest. */
    public Digest digest() throws ImageDamagedException {
        return Digest.of(bytes(StructureLengths.DIGEST));
    }

    /** Reads the image's number, which must be {@code expected}. */
    public void imageId(long expected) throws ImageDamagedException {
        long found = bits64();
        if (found != expected) {
            throw damaged("it belongs to image %016x, expected %016x".formatted(found, expected));
        }
    }

    /** Returns how many bytes of fields are left. */
    public int remaining() {
        return bytes.remaining();
    }

    /** Checks that all fields were read. */
    public void end() throws ImageDamagedException {
        if (bytes.hasRemaining()) {
            throw damaged(bytes.remaining() + " bytes more than its fields");
        }
    }

    /** Returns the error that a field of this structure does not hold. */
    public ImageDamagedException damaged(String reason) {
        return place.damaged("structure " + kind.tag() + ": " + reason);
    }

    ImagePosition place() {
        return place;
    }

    private ByteBuffer need(int count) throws ImageDamagedException {
        if (bytes.remaining() < count) {
            throw damaged("it ends within a field");
        }
        return bytes;
    }

    private long inRange(String field, long value, long min, long max) throws ImageDamagedException {
        if (value < min || value > max) {
            throw damaged("%s is %s, expected %d to %d".formatted(field, Long.toUnsignedString(value), min, max));
        }
        return value;
    }
}
