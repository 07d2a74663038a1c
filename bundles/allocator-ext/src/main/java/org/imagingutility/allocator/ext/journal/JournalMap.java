package org.imagingutility.allocator.ext.journal;

import java.util.Arrays;
import org.imagingutility.allocator.ext.group.BlockRanges;

/** Where on the volume the blocks of the journal are: runs in the order of the journal, without holes. Immutable. */
public final class JournalMap {
    /** Most runs that are taken: an orderly journal has one, or a few. */
    static final int MAX_RUNS = 1 << 16;

    private final long[] firsts;
    private final long[] ends;
    private final long[] blocks;
    private final long[] treeBlocks;

    private JournalMap(Builder builder) {
        firsts = Arrays.copyOf(builder.firsts, builder.count);
        ends = Arrays.copyOf(builder.ends, builder.count);
        blocks = Arrays.copyOf(builder.blocks, builder.count);
        treeBlocks = Arrays.copyOf(builder.treeBlocks, builder.treeCount);
    }

    /** Returns the number of blocks the journal has. */
    long length() {
        return ends[ends.length - 1];
    }

    /** Returns the block of the volume that is block {@code index} of the journal. */
    long blockOf(long index) {
        int found = Arrays.binarySearch(firsts, index);
        int run = found >= 0 ? found : -found - 2;
        return blocks[run] + index - firsts[run];
    }

    /** Adds all blocks of the journal to {@code ranges}; returns false if there are too many. */
    public boolean addTo(BlockRanges.Builder ranges) {
        boolean fits = true;
        for (int i = 0; i < blocks.length; i++) {
            fits &= ranges.add(blocks[i], blocks[i] + ends[i] - firsts[i]);
        }
        for (long block : treeBlocks) {
            fits &= ranges.add(block, block + 1);
        }
        return fits;
    }

    /** Collects runs in the order of the journal. */
    static final class Builder {
        private long[] firsts = new long[4];
        private long[] ends = new long[4];
        private long[] blocks = new long[4];
        private int count;
        private long[] treeBlocks = new long[4];
        private int treeCount;

        /** Returns how many blocks the journal has so far. */
        long length() {
            return count == 0 ? 0 : ends[count - 1];
        }

        /** Adds {@code length} blocks at {@code block}; returns false if there are too many runs. */
        boolean add(long block, long length) {
            int last = count - 1;
            if (count > 0 && blocks[last] + ends[last] - firsts[last] == block) {
                ends[last] += length;
                return true;
            }
            if (count == MAX_RUNS) {
                return false;
            }
            if (count == blocks.length) {
                firsts = Arrays.copyOf(firsts, count * 2);
                ends = Arrays.copyOf(ends, count * 2);
                blocks = Arrays.copyOf(blocks, count * 2);
            }
            long before = length();
            firsts[count] = before;
            ends[count] = before + length;
            blocks[count++] = block;
            return true;
        }

        /** Adds a block that says where others are; returns false if there are too many. */
        boolean addTreeBlock(long block) {
            if (treeCount == MAX_RUNS) {
                return false;
            }
            if (treeCount == treeBlocks.length) {
                treeBlocks = Arrays.copyOf(treeBlocks, treeCount * 2);
            }
            treeBlocks[treeCount++] = block;
            return true;
        }

        /** Returns the map; at least one run was added. */
        JournalMap build() {
            return new JournalMap(this);
        }
    }
}
