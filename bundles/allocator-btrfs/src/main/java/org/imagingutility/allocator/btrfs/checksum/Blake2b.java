package org.imagingutility.allocator.btrfs.checksum;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** BLAKE2b without a key (RFC 7693). */
final class Blake2b {
    private static final int BLOCK = 128;
    private static final int ROUNDS = 12;
    /** Section 2.6: the initial vector of SHA-512. */
    private static final long[] IV = {0x6A09E667F3BCC908L, 0xBB67AE8584CAA73BL, 0x3C6EF372FE94F82BL, 0xA54FF53A5F1D36F1L,
        0x510E527FADE682D1L, 0x9B05688C2B3E6C1FL, 0x1F83D9ABFB41BD6BL, 0x5BE0CD19137E2179L};
    /** Section 2.7; rounds 10 and 11 are as 0 and 1. */
    private static final byte[][] SIGMA = {
        {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
        {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
        {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4},
        {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
        {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13},
        {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
        {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11},
        {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
        {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5},
        {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0}};

    private final long[] state = IV.clone();
    private final long[] work = new long[16];
    private final long[] message = new long[16];

    private Blake2b(int digestLength) {
        state[0] ^= 0x0101_0000 ^ digestLength;
    }

    /**
     * Returns the digest of the bytes that remain in {@code bytes}, whose position stays.
     *
     * @param digestLength bytes of the digest, 1 to 64
     */
    static byte[] digest(ByteBuffer bytes, int digestLength) {
        ByteBuffer input = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        Blake2b hash = new Blake2b(digestLength);
        while (input.remaining() > BLOCK) {
            hash.load(input);
            hash.compress(input.position(), false);
        }
        ByteBuffer last = ByteBuffer.allocate(BLOCK).order(ByteOrder.LITTLE_ENDIAN);
        last.put(input).rewind();
        hash.load(last);
        hash.compress(input.position(), true);
        ByteBuffer digest = ByteBuffer.allocate(IV.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        digest.asLongBuffer().put(hash.state);
        byte[] found = new byte[digestLength];
        digest.get(found);
        return found;
    }

    private void load(ByteBuffer block) {
        for (int i = 0; i < message.length; i++) {
            message[i] = block.getLong();
        }
    }

    /** Section 3.2: function F, with the count of bytes up to the end of this block. */
    private void compress(long count, boolean last) {
        System.arraycopy(state, 0, work, 0, 8);
        System.arraycopy(IV, 0, work, 8, 8);
        work[12] ^= count;
        if (last) {
            work[14] = ~work[14];
        }
        for (int round = 0; round < ROUNDS; round++) {
            byte[] s = SIGMA[round % SIGMA.length];
            for (int i = 0; i < 4; i++) {
                mix(i, 4 + i, 8 + i, 12 + i, message[s[2 * i]], message[s[2 * i + 1]]);
            }
            for (int i = 0; i < 4; i++) {
                mix(i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4, message[s[8 + 2 * i]], message[s[9 + 2 * i]]);
            }
        }
        for (int i = 0; i < state.length; i++) {
            state[i] ^= work[i] ^ work[i + 8];
        }
    }

    /** Section 3.1: function G. */
    private void mix(int a, int b, int c, int d, long x, long y) {
        work[a] += work[b] + x;
        work[d] = Long.rotateRight(work[d] ^ work[a], 32);
        work[c] += work[d];
        work[b] = Long.rotateRight(work[b] ^ work[c], 24);
        work[a] += work[b] + y;
        work[d] = Long.rotateRight(work[d] ^ work[a], 16);
        work[c] += work[d];
        work[b] = Long.rotateRight(work[b] ^ work[c], 63);
    }
}
