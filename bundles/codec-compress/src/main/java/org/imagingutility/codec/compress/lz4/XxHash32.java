package org.imagingutility.codec.compress.lz4;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** xxHash of 32 bits with seed 0 (xxHash fast digest algorithm 0.1.1): the checksum of lz4 frames. */
public final class XxHash32 {
    private static final int PRIME1 = 0x9E3779B1;
    private static final int PRIME2 = 0x85EBCA77;
    private static final int PRIME3 = 0xC2B2AE3D;
    private static final int PRIME4 = 0x27D4EB2F;
    private static final int PRIME5 = 0x165667B1;
    /** PRIME1 + PRIME2, modulo 2 to the power of 32. */
    private static final int FIRST = 0x24234428;
    private static final int STRIPE = 16;

    private XxHash32() {
    }

    /** Returns the hash of the bytes {@code from} to {@code to} of {@code source}, whose position does not matter. */
    public static int of(ByteBuffer source, int from, int to) {
        ByteBuffer in = source.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int at = from;
        int hash = PRIME5;
        if (to - from >= STRIPE) {
            int first = FIRST;
            int second = PRIME2;
            int third = 0;
            int fourth = -PRIME1;
            for (; to - at >= STRIPE; at += STRIPE) {
                first = round(first, in.getInt(at));
                second = round(second, in.getInt(at + 4));
                third = round(third, in.getInt(at + 8));
                fourth = round(fourth, in.getInt(at + 12));
            }
            hash = Integer.rotateLeft(first, 1) + Integer.rotateLeft(second, 7) + Integer.rotateLeft(third, 12)
                    + Integer.rotateLeft(fourth, 18);
        }
        hash += to - from;
        for (; to - at >= Integer.BYTES; at += Integer.BYTES) {
            hash = Integer.rotateLeft(hash + in.getInt(at) * PRIME3, 17) * PRIME4;
        }
        for (; at < to; at++) {
            hash = Integer.rotateLeft(hash + (in.get(at) & 0xFF) * PRIME5, 11) * PRIME1;
        }
        hash = (hash ^ hash >>> 15) * PRIME2;
        hash = (hash ^ hash >>> 13) * PRIME3;
        return hash ^ hash >>> 16;
    }

    private static int round(int lane, int input) {
        return Integer.rotateLeft(lane + input * PRIME2, 13) * PRIME1;
    }
}
