package org.imagingutility.codec.compress.lz4;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The lz4 frame that a frame is stored as (LZ4 Frame Format Description 1.6), little-endian:
 *
 * <pre>
 *  0  u32  magic 0x184D2204
 *  4  u8   FLG: bits 7-6 version 01; bit 5 blocks are independent; bit 4 blocks have checksums; bit 3 content size;
 *          bit 2 content checksum; bit 1 reserved; bit 0 dictionary
 *  5  u8   BD: bits 6-4 most bytes of a block: 4 is 64 KiB, 5 is 256 KiB, 6 is 1 MiB, 7 is 4 MiB; the others reserved
 *  6  u64  content size
 * 14  u8   HC: second byte of the xxHash of bytes 4 to 13
 * 15       for each block: u32 length, with the highest bit set if the block is stored as it is; the block
 *    u32   end mark 0
 *    u32   xxHash of the content, if bit 2 of FLG is set
 * </pre>
 */
public final class Lz4Frame {
    public static final int MAGIC = 0x184D2204;
    static final int VERSION = 1 << 6;
    static final int VERSION_MASK = 3 << 6;
    static final int INDEPENDENT_BLOCKS = 1 << 5;
    static final int BLOCK_CHECKSUMS = 1 << 4;
    static final int CONTENT_SIZE = 1 << 3;
    static final int CONTENT_CHECKSUM = 1 << 2;
    static final int RESERVED_OR_DICTIONARY = 3;
    static final int STORED_BLOCK = 1 << 31;
    static final int HEADER_LENGTH = 15;
    static final int DESCRIPTOR = 4;
    private static final int END_LENGTH = 8;
    private static final int LARGEST_BLOCK = 4 << 20;

    private Lz4Frame() {
    }

    /** Returns the most bytes that a frame of {@code contentLength} bytes has beside them. */
    static int overhead(int contentLength) {
        return HEADER_LENGTH + END_LENGTH + Integer.BYTES * (contentLength / blockSize(contentLength) + 1);
    }

    /** Returns the most bytes of a block in frames of {@code contentLength} bytes: not more than a decoder has use for. */
    static int blockSize(int contentLength) {
        int size = 64 << 10;
        while (size < contentLength && size < LARGEST_BLOCK) {
            size <<= 2;
        }
        return size;
    }

    /** Returns the most bytes of a block that {@code descriptor} (BD) says, -1 if that is reserved. */
    static int blockSizeOf(int descriptor) {
        int code = descriptor >>> 4;
        return (descriptor & 0x8F) != 0 || code < 4 ? -1 : 1 << 8 + 2 * code;
    }

    /** Writes a header at the begin of {@code out}, which is little-endian, and moves its position behind it. */
    static void writeHeader(int contentLength, int flags, ByteBuffer out) {
        int blockSize = blockSize(contentLength);
        int code = (Integer.numberOfTrailingZeros(blockSize) - 8) / 2;
        int from = out.position();
        out.putInt(MAGIC).put((byte) (VERSION | INDEPENDENT_BLOCKS | CONTENT_SIZE | flags)).put((byte) (code << 4))
                .putLong(contentLength).put(headerChecksum(out, from + DESCRIPTOR, from + HEADER_LENGTH - 1));
    }

    /** Returns the checksum of a header whose fields stand {@code from} to {@code to}. */
    public static byte headerChecksum(ByteBuffer buffer, int from, int to) {
        return (byte) (XxHash32.of(buffer, from, to) >>> 8);
    }

    static ByteBuffer littleEndian(ByteBuffer buffer) {
        return buffer.slice().order(ByteOrder.LITTLE_ENDIAN);
    }
}
