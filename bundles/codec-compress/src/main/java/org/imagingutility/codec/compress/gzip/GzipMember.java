package org.imagingutility.codec.compress.gzip;

import java.util.zip.Deflater;

/**
 * The gzip member that a frame is stored as, RFC 1952 section 2.3, little-endian:
 *
 * <pre>
 *  0  u8   ID1 0x1F
 *  1  u8   ID2 0x8B
 *  2  u8   CM 8: deflate
 *  3  u8   FLG 0: no name, no comment, no extra field
 *  4  u32  MTIME 0: not known
 *  8  u8   XFL: 2 best compression, 4 fastest, else 0
 *  9  u8   OS 255: unknown, so that every system writes the same
 * 10       deflate blocks (RFC 1951)
 *    u32   CRC32 of the content
 *    u32   ISIZE: length of the content
 * </pre>
 */
final class GzipMember {
    static final short MAGIC = (short) 0x8B1F;
    static final byte DEFLATE = 8;
    static final byte UNKNOWN_SYSTEM = (byte) 255;
    static final int HEADER_LENGTH = 10;
    static final int TRAILER_LENGTH = 8;

    private GzipMember() {
    }

    static byte extraFlags(int level) {
        if (level == Deflater.BEST_COMPRESSION) {
            return 2;
        }
        return (byte) (level == Deflater.BEST_SPEED ? 4 : 0);
    }
}
