package org.imagingutility.api.allocator;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;

/**
 * A stretch of an allocation bitmap in memory, as NTFS and exFAT have it: bit {@code n % 8}, lowest first, of byte
 * {@code n / 8} is set if cluster {@code n} behind the first one is in use. For allocators to look for runs in. Immutable,
 * but valid only as long as the buffer is.
 */
public final class BitmapBlock {
    private final LongBuffer words;
    private final long firstCluster;
    private final long endCluster;

    /**
     * Creates a block.
     *
     * @param bytes its bytes, little endian, a multiple of 8
     * @param firstCluster cluster of the first bit
     * @param endCluster cluster behind the last bit that counts
     */
    public BitmapBlock(ByteBuffer bytes, long firstCluster, long endCluster) {
        this.words = bytes.asLongBuffer();
        this.firstCluster = firstCluster;
        this.endCluster = endCluster;
    }

    /** Returns the cluster behind the last one. */
    public long endCluster() {
        return endCluster;
    }

    /** Returns the first cluster in use (or free) from {@code from} on, which is in the block, or the block's end. */
    public long find(boolean inUse, long from) {
        // what is looked for becomes a one, so that words without it are zero
        long flip = inUse ? 0 : -1;
        long bit = from - firstCluster;
        int index = (int) (bit / Long.SIZE);
        long word = (words.get(index) ^ flip) & (-1L << (bit % Long.SIZE));
        if (word == 0) {
            index = skip(index + 1, flip);
            if (index == words.limit()) {
                return endCluster;
            }
            word = words.get(index) ^ flip;
        }
        return Math.min(endCluster, firstCluster + (long) index * Long.SIZE + Long.numberOfTrailingZeros(word));
    }

    /**
     * Returns the index of the first word from {@code index} on that is not {@code value}, or the limit. Takes eight at
     * a time: long stretches are the rule, and a bitmap may have 2 GiB of them.
     */
    private int skip(int index, long value) {
        int limit = words.limit();
        int at = index;
        while (limit - at >= 8 && ((words.get(at) ^ value) | (words.get(at + 1) ^ value)
                | (words.get(at + 2) ^ value) | (words.get(at + 3) ^ value) | (words.get(at + 4) ^ value)
                | (words.get(at + 5) ^ value) | (words.get(at + 6) ^ value) | (words.get(at + 7) ^ value)) == 0) {
            at += 8;
        }
        while (at < limit && words.get(at) == value) {
            at++;
        }
        return at;
    }
}
