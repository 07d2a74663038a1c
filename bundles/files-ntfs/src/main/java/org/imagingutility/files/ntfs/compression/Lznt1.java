package org.imagingutility.files.ntfs.compression;

import java.util.Arrays;

/**
 * LZNT1 ([MS-XCA] 2.5): chunks of 4096 bytes, each with a head of 16 bits. A chunk that expands to fewer bytes, and what follows
 * the last one, reads as zeros, as Windows and ntfs-3g have it in files. Keeps nothing between pieces.
 */
public final class Lznt1 implements Decompressor {
    /** Bytes that a chunk expands to. */
    public static final int CHUNK = 4096;
    private static final int COMPRESSED = 0x8000;
    private static final int SIGNATURE = 0x7000;
    private static final int CHUNK_SIGNATURE = 0x3000;
    private static final int SIZE = 0xFFF;
    private static final int MIN_MATCH = 3;

    private byte[] source;
    private byte[] target;
    private int from;

    /** Creates a decompressor. */
    public Lznt1() {
    }

    @Override
    public void decompress(byte[] compressed, int first, int length, byte[] expanded, int targetLength)
            throws CompressedDataException {
        source = compressed;
        target = expanded;
        from = first;
        int end = first + length;
        int at = first;
        int done = 0;
        while (done < targetLength && end - at >= Short.BYTES) {
            int head = unsigned(at);
            if (head == 0) {
                break;
            }
            int chunkEnd = at + Short.BYTES + (head & SIZE) + 1;
            if ((head & SIGNATURE) != CHUNK_SIGNATURE || chunkEnd > end) {
                throw wrong(at, String.format("a chunk has the head 0x%04X with %d bytes left", head, end - at - Short.BYTES));
            }
            int limit = Math.min(done + CHUNK, targetLength);
            int reached = (head & COMPRESSED) == 0 ? store(at + Short.BYTES, chunkEnd, done, limit)
                    : expand(at + Short.BYTES, chunkEnd, done, limit);
            Arrays.fill(expanded, reached, limit, (byte) 0);
            done = limit;
            at = chunkEnd;
        }
        Arrays.fill(expanded, done, targetLength, (byte) 0);
    }

    private int store(int at, int end, int start, int limit) throws CompressedDataException {
        if (end - at > limit - start) {
            throw wrong(at, "a chunk has " + (end - at) + " bytes, expected " + (limit - start) + " at most");
        }
        System.arraycopy(source, at, target, start, end - at);
        return start + end - at;
    }

    /** Expands one chunk; matches lead no further back than its begin. Returns where its last byte's successor goes. */
    private int expand(int begin, int end, int start, int limit) throws CompressedDataException {
        int at = begin;
        int done = start;
        while (at < end) {
            int flags = source[at++];
            for (int i = 0; i < Byte.SIZE && at < end; i++, flags >>= 1) {
                if ((flags & 1) == 0) {
                    if (done == limit) {
                        throw tooLong(at, limit - start);
                    }
                    target[done++] = source[at++];
                } else if (end - at < Short.BYTES) {
                    throw wrong(at, "a chunk ends inside a match");
                } else {
                    done = match(at, start, done, limit);
                    at += Short.BYTES;
                }
            }
        }
        return done;
    }

    /** The further into the chunk, the more bits of the 16 tell the distance (4 to 12), the fewer the length. */
    private int match(int at, int start, int done, int limit) throws CompressedDataException {
        int reached = done - start;
        int lengthBits = 12;
        for (int i = reached - 1; i >= 1 << 4; i >>= 1) {
            lengthBits--;
        }
        int token = unsigned(at);
        int distance = (token >> lengthBits) + 1;
        int length = (token & (1 << lengthBits) - 1) + MIN_MATCH;
        if (distance > reached) {
            throw wrong(at, "a match leads back " + distance + " bytes, only " + reached + " of its chunk stand there");
        }
        if (length > limit - done) {
            throw tooLong(at, limit - start);
        }
        Matches.copy(target, done, distance, length);
        return done + length;
    }

    private int unsigned(int at) {
        return Byte.toUnsignedInt(source[at]) | Byte.toUnsignedInt(source[at + 1]) << Byte.SIZE;
    }

    private CompressedDataException tooLong(int at, int limit) {
        return wrong(at, "a chunk expands to more than " + limit + " bytes");
    }

    private CompressedDataException wrong(int at, String reason) {
        return new CompressedDataException(at - from, reason);
    }
}
