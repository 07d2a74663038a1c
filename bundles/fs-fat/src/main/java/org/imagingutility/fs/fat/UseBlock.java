package org.imagingutility.fs.fat;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A stretch of entries in memory, one bit for each: set if its cluster is in use. Used again and again, by one thread. */
public final class UseBlock {
    /** Entries in a full block: 1 MiB of FAT32, more than FAT12 and FAT16 ever have. */
    public static final int ENTRIES = 1 << 18;

    private final FatType type;
    private final long[] words;
    private long first;
    private int count;

    /** Creates an empty block of a FAT of this kind, with {@code entryCount} entries. */
    public UseBlock(FatType type, long entryCount) {
        this.type = type;
        this.words = new long[(int) (Math.min(entryCount, ENTRIES) - 1) / Long.SIZE + 1];
    }

    /** Starts over: entries {@code [first, first + count)}, all of them free. */
    public void reset(long firstEntry, int entryCount) {
        first = firstEntry;
        count = entryCount;
        Arrays.fill(words, 0);
    }

    /** Notes what these bytes, beginning with the block's first entry, have in use. */
    public void add(ByteBuffer bytes) {
        for (int i = 0; i < count; i += Long.SIZE) {
            int end = Math.min(count - i, Long.SIZE);
            long word = 0;
            for (int bit = 0; bit < end; bit++) {
                if (type.inUse(type.entry(bytes, i + bit))) {
                    word |= 1L << bit;
                }
            }
            words[i / Long.SIZE] |= word;
        }
    }

    /** Says whether the block has {@code entry}. */
    public boolean has(long entry) {
        return entry >= first && entry < end();
    }

    /** Returns the entry behind the last one. */
    public long end() {
        return first + count;
    }

    /** Returns the first entry in use (or not) from {@code from} on, which is in the block, or the block's end. */
    public long find(boolean inUse, long from) {
        // what is looked for becomes a one, so that words without it are zero
        long flip = inUse ? 0 : -1;
        int bit = (int) (from - first);
        int index = bit / Long.SIZE;
        int limit = (count - 1) / Long.SIZE + 1;
        long word = (words[index] ^ flip) & -1L << bit % Long.SIZE;
        while (word == 0 && ++index < limit) {
            word = words[index] ^ flip;
        }
        return index == limit ? end()
                : Math.min(end(), first + (long) index * Long.SIZE + Long.numberOfTrailingZeros(word));
    }
}
