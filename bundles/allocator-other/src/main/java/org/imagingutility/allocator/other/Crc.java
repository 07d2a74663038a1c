package org.imagingutility.allocator.other;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Checksums of superblocks. */
final class Crc {
    private static final int REFLECTED = 0xEDB8_8320;

    private Crc() {
    }

    /** Resumes a CRC-32 (polynomial 04C11DB7, reflected) that is {@code crc} so far; nothing is inverted. */
    static int crc32(int crc, ByteBuffer bytes) {
        int value = crc;
        while (bytes.hasRemaining()) {
            value ^= Byte.toUnsignedInt(bytes.get());
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                value = (value & 1) != 0 ? value >>> 1 ^ REFLECTED : value >>> 1;
            }
        }
        return value;
    }

    /** Returns the CRC-32C as iSCSI has it. */
    static int crc32c(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
