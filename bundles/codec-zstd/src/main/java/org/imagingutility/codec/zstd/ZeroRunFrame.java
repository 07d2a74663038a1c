package org.imagingutility.codec.zstd;

import java.nio.ByteBuffer;

/**
 * The zstd frame of a run of zeros, RFC 8878 section 3.1.1, little-endian:
 *
 * <pre>
 *  0  u32  magic 0xFD2FB528
 *  4  u8   frame header descriptor 0xC0: 8 bytes of content size, no single segment, no checksum, no dictionary
 *  5  u8   window descriptor 0x38: exponent 7, mantissa 0, that is 2^(10+7) = 128 KiB
 *  6  u64  content size in bytes
 * 14  4 bytes for each 128 KiB of zeros, the last block shorter:
 *       u24 block header: bit 0 last block, bits 1-2 type 1 (RLE), bits 3-23 number of zeros
 *       u8  the byte that is repeated: 0
 * </pre>
 *
 * A window descriptor instead of a single segment keeps the memory a streaming decoder needs at 128 KiB.
 */
final class ZeroRunFrame {
    static final int MAGIC = 0xFD2FB528;
    private static final byte DESCRIPTOR = (byte) 0xC0;
    private static final byte WINDOW_128_KIB = 7 << 3;
    private static final int HEADER_LENGTH = 14;
    private static final int BLOCK_LENGTH = 4;
    /** Most zeros in a block: the block maximum size of RFC 8878 section 3.1.1.2.4 with this window. */
    private static final int BLOCK_ZEROS = 128 << 10;
    private static final int LAST_BLOCK = 1;
    private static final int TYPE_RLE = 1 << 1;

    private ZeroRunFrame() {
    }

    /** Returns the length in bytes of the frame for {@code zeroCount} zeros, 1 to 2^30. */
    static int length(long zeroCount) {
        long blocks = (zeroCount - 1) / BLOCK_ZEROS + 1;
        return HEADER_LENGTH + BLOCK_LENGTH * (int) blocks;
    }

    /** Writes the frame for {@code zeroCount} zeros, 1 to 2^30. */
    static void write(long zeroCount, ByteBuffer stored) {
        putIntLittleEndian(stored, MAGIC);
        stored.put(DESCRIPTOR).put(WINDOW_128_KIB);
        putIntLittleEndian(stored, (int) zeroCount);
        putIntLittleEndian(stored, (int) (zeroCount >>> 32));
        for (long left = zeroCount; left > 0; left -= BLOCK_ZEROS) {
            int zeros = (int) Math.min(left, BLOCK_ZEROS);
            int last = left <= BLOCK_ZEROS ? LAST_BLOCK : 0;
            // the fourth byte, the highest of this int, is the repeated zero: three bytes of header never reach it
            putIntLittleEndian(stored, zeros << 3 | TYPE_RLE | last);
        }
    }

    /** Independent of the byte order the caller gave the buffer. */
    private static void putIntLittleEndian(ByteBuffer target, int value) {
        target.put((byte) value).put((byte) (value >>> 8)).put((byte) (value >>> 16)).put((byte) (value >>> 24));
    }
}
