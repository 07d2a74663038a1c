package org.imagingutility.allocator.ext.group;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.Arrays;

/**
 * Which clusters of one group are in use; made once and filled for each group anew. Bit {@code n % 8}, lowest first, of
 * byte {@code n / 8} of a block bitmap stands for cluster {@code n} ("Block and inode Bitmaps" of the kernel's ext4
 * documentation). For one thread.
 */
public final class GroupBitmap {
    private final long[] words;
    private int count;

    /** Creates a bitmap for groups whose bitmap has {@code blockSize} bytes. */
    public GroupBitmap(int blockSize) {
        words = new long[blockSize / Long.BYTES];
    }

    /** Begins a group of {@code clusters}, all of them free. */
    public void begin(int clusters) {
        count = clusters;
        Arrays.fill(words, 0);
    }

    /** Begins a group of {@code clusters} with what its block bitmap, a block long, has in use. */
    public void begin(int clusters, ByteBuffer block) {
        count = clusters;
        block.duplicate().order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(words, 0, wordCount());
        cut();
    }

    /** Adds what a block bitmap, a block long, has in use. */
    public void add(ByteBuffer block) {
        LongBuffer more = block.duplicate().order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
        for (int i = 0; i < wordCount(); i++) {
            words[i] |= more.get(i);
        }
        cut();
    }

    private int wordCount() {
        return (count - 1) / Long.SIZE + 1;
    }

    /** Bits behind the group's end do not count. */
    private void cut() {
        int rest = count % Long.SIZE;
        if (rest != 0) {
            words[count / Long.SIZE] &= (1L << rest) - 1;
        }
    }

    /** Makes clusters {@code [from, to)} used. */
    public void set(int from, int to) {
        for (int at = from; at < to;) {
            int bit = at % Long.SIZE;
            int part = Math.min(Long.SIZE - bit, to - at);
            words[at / Long.SIZE] |= -1L >>> Long.SIZE - part << bit;
            at += part;
        }
    }

    /** Returns the first cluster in use (or free) from {@code from} on, or the number of clusters if none is. */
    public int find(boolean inUse, int from) {
        if (from >= count) {
            return count;
        }
        // what is looked for becomes a one, so that words without it are zero
        long flip = inUse ? 0 : -1;
        int limit = wordCount();
        int index = from / Long.SIZE;
        long word = (words[index] ^ flip) & -1L << from % Long.SIZE;
        while (word == 0 && ++index < limit) {
            word = words[index] ^ flip;
        }
        return word == 0 ? count : Math.min(count, index * Long.SIZE + Long.numberOfTrailingZeros(word));
    }

    /** Returns how many clusters are free. */
    public int freeCount() {
        int used = 0;
        for (int i = 0; i < wordCount(); i++) {
            used += Long.bitCount(words[i]);
        }
        return count - used;
    }

    /** Returns the number of clusters. */
    public int count() {
        return count;
    }
}
