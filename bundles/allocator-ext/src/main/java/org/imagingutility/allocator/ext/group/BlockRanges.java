package org.imagingutility.allocator.ext.group;

import java.util.Arrays;

/** Ranges of blocks in order; they may touch, but do not overlap. Immutable. */
public final class BlockRanges {
    private final long[] starts;
    private final long[] ends;

    private BlockRanges(long[] starts, long[] ends) {
        this.starts = starts;
        this.ends = ends;
    }

    /** Returns the index of the first range that ends behind {@code block}; the number of ranges if none does. */
    public int firstEndingAfter(long block) {
        int found = Arrays.binarySearch(ends, block + 1);
        return found >= 0 ? found : -found - 1;
    }

    public int count() {
        return starts.length;
    }

    public long start(int index) {
        return starts[index];
    }

    public long end(int index) {
        return ends[index];
    }

    /** Collects ranges in any order; a range that begins where the last one of its list ends makes that one longer. */
    public static final class Builder {
        private final int limit;
        private long[] starts = new long[16];
        private long[] ends = new long[16];
        private int count;

        /** Creates a builder that takes {@code limit} ranges at most. */
        public Builder(int limit) {
            this.limit = limit;
        }

        /** Adds {@code [start, end)}; returns false if there are too many. */
        public boolean add(long start, long end) {
            if (count > 0 && ends[count - 1] == start) {
                ends[count - 1] = end;
                return true;
            }
            if (count == limit) {
                return false;
            }
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, Math.min(limit, count * 2));
                ends = Arrays.copyOf(ends, starts.length);
            }
            starts[count] = start;
            ends[count++] = end;
            return true;
        }

        /** Adds what {@code other} has. */
        public boolean addAll(Builder other) {
            for (int i = 0; i < other.count; i++) {
                if (!add(other.starts[i], other.ends[i])) {
                    return false;
                }
            }
            return true;
        }

        /** Returns the first block that is in two of the ranges, or -1. Call {@link #build} for the ranges themselves. */
        public long firstClaimedTwice() {
            sort();
            for (int i = 1; i < count; i++) {
                if (starts[i] < ends[i - 1]) {
                    return starts[i];
                }
            }
            return -1;
        }

        /** Returns the ranges in order; no block is in two of them. */
        public BlockRanges build() {
            sort();
            return new BlockRanges(Arrays.copyOf(starts, count), Arrays.copyOf(ends, count));
        }

        private void sort() {
            // sorted each on its own they belong together still, as long as no two ranges overlap; if two do, it shows
            Arrays.sort(starts, 0, count);
            Arrays.sort(ends, 0, count);
        }
    }
}
