package org.imagingutility.allocator.btrfs.checksum;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** XXH64 with the seed 0 ("xxHash fast digest algorithm", format description 0.1.1). */
final class XxHash64 {
    private static final long PRIME_1 = 0x9E3779B185EBCA87L;
    private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
    private static final long PRIME_3 = 0x165667B19E3779F9L;
    private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
    private static final long PRIME_5 = 0x27D4EB2F165667C5L;
    private static final int STRIPE = 32;

    private XxHash64() {
    }

    /** Returns the hash of the bytes that remain in {@code bytes}, whose position stays. */
    static long of(ByteBuffer bytes) {
        ByteBuffer input = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        int length = input.remaining();
        long hash = (length >= STRIPE ? stripes(input) : PRIME_5) + length;
        while (input.remaining() >= Long.BYTES) {
            hash = Long.rotateLeft(hash ^ round(0, input.getLong()), 27) * PRIME_1 + PRIME_4;
        }
        if (input.remaining() >= Integer.BYTES) {
            hash = Long.rotateLeft(hash ^ Integer.toUnsignedLong(input.getInt()) * PRIME_1, 23) * PRIME_2 + PRIME_3;
        }
        while (input.hasRemaining()) {
            hash = Long.rotateLeft(hash ^ Byte.toUnsignedLong(input.get()) * PRIME_5, 11) * PRIME_1;
        }
        hash = (hash ^ hash >>> 33) * PRIME_2;
        hash = (hash ^ hash >>> 29) * PRIME_3;
        return hash ^ hash >>> 32;
    }

    private static long stripes(ByteBuffer input) {
        // PRIME_1 + PRIME_2 and -PRIME_1, which overflow
        long a = 0x60EA27EEADC0B5D6L;
        long b = PRIME_2;
        long c = 0;
        long d = 0x61C8864E7A143579L;
        while (input.remaining() >= STRIPE) {
            a = round(a, input.getLong());
            b = round(b, input.getLong());
            c = round(c, input.getLong());
            d = round(d, input.getLong());
        }
        long hash = Long.rotateLeft(a, 1) + Long.rotateLeft(b, 7) + Long.rotateLeft(c, 12) + Long.rotateLeft(d, 18);
        return merge(merge(merge(merge(hash, a), b), c), d);
    }

    private static long round(long accumulator, long lane) {
        return Long.rotateLeft(accumulator + lane * PRIME_2, 31) * PRIME_1;
    }

    private static long merge(long hash, long accumulator) {
        return (hash ^ round(0, accumulator)) * PRIME_1 + PRIME_4;
    }
}
