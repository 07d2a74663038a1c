package org.imagingutility.fs.ext.layout;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The checksums of one volume, as in "Checksums" and "Block Group Descriptors" of the kernel's ext4 documentation: CRC-32C
 * with metadata_csum, CRC-16 with gdt_csum; both begin with all ones and are stored without a final inversion. What is
 * summed begins with the UUID of the volume, or with a seed that takes its place. Immutable.
 */
public final class Checksums {
    private static final int CRC32C_POLYNOMIAL = 0x82F63B78;
    private static final int CRC16_POLYNOMIAL = 0xA001;
    private static final int DESCRIPTOR_CHECKSUM_AT = 0x1E;

    private final boolean crc32;
    private final byte[] prefix;
    private final byte[] uuid;

    private Checksums(boolean crc32, byte[] prefix, byte[] uuid) {
        this.crc32 = crc32;
        this.prefix = prefix;
        this.uuid = uuid;
    }

    /** Sums up as metadata_csum does ({@code crc32}) or as gdt_csum does, beginning with the UUID. */
    public static Checksums of(boolean crc32, byte[] uuid) {
        return new Checksums(crc32, uuid.clone(), uuid.clone());
    }

    /** Sums up as metadata_csum does, beginning with {@code seed}, the state that a sum of the UUID had once. */
    static Checksums seeded(int seed) {
        byte[] prefix = new byte[Integer.BYTES];
        ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).putInt(leadingTo(seed));
        return new Checksums(true, prefix, prefix);
    }

    /** Sums up bytes as the superblock's own checksum does, which begins with nothing. */
    public static int plain(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate());
        return ~(int) crc.getValue();
    }

    /** Returns the checksum that the descriptor of {@code group} must have: 16 bits. */
    public int ofDescriptor(long group, ByteBuffer descriptor) {
        byte[] number = {(byte) group, (byte) (group >> 8), (byte) (group >> 16), (byte) (group >> 24)};
        byte[] bytes = new byte[descriptor.remaining()];
        descriptor.get(descriptor.position(), bytes);
        int behind = DESCRIPTOR_CHECKSUM_AT + Short.BYTES;
        if (crc32) {
            bytes[DESCRIPTOR_CHECKSUM_AT] = 0;
            bytes[DESCRIPTOR_CHECKSUM_AT + 1] = 0;
            CRC32C crc = begin();
            crc.update(number);
            crc.update(bytes);
            return ~(int) crc.getValue() & 0xFFFF;
        }
        // unlike CRC-32C, the old sum leaves its own field out
        int crc = crc16(crc16(0xFFFF, uuid, 0, uuid.length), number, 0, number.length);
        return crc16(crc16(crc, bytes, 0, DESCRIPTOR_CHECKSUM_AT), bytes, behind, bytes.length);
    }

    /** Returns the CRC-32C that bitmap {@code bytes} must have. */
    public int ofBitmap(ByteBuffer bytes) {
        CRC32C crc = begin();
        crc.update(bytes.duplicate());
        return ~(int) crc.getValue();
    }

    private CRC32C begin() {
        CRC32C crc = new CRC32C();
        crc.update(prefix);
        return crc;
    }

    /**
     * Returns the four bytes (as a little-endian number) that bring a CRC-32C from its beginning to {@code state}: the
     * class of the JDK cannot begin anywhere else. Each step of the CRC is undone.
     */
    private static int leadingTo(int state) {
        int undone = state;
        for (int bit = 0; bit < Integer.SIZE; bit++) {
            undone = undone < 0 ? (undone ^ CRC32C_POLYNOMIAL) << 1 | 1 : undone << 1;
        }
        return ~undone;
    }

    private static int crc16(int begin, byte[] bytes, int from, int to) {
        int crc = begin;
        for (int i = from; i < to; i++) {
            crc ^= bytes[i] & 0xFF;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ CRC16_POLYNOMIAL;
            }
        }
        return crc;
    }
}
