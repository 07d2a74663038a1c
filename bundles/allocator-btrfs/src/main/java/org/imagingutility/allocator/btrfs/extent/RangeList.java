package org.imagingutility.allocator.btrfs.extent;

import java.util.Arrays;

/** Ranges in memory, sorted, that neither overlap nor touch. Immutable. */
public final class RangeList {
    private final long[] starts;
    private final long[] ends;

    private RangeList(long[] starts, long[] ends) {
        this.starts = starts;
        this.ends = ends;
    }

    /** Collects ranges in any order. For one thread. */
    public static final class Builder {
        private long[] pairs = new long[16];
        private int count;

        /** Creates a builder without ranges. */
        public Builder() {
        }

        /** Adds a range. */
        public Builder add(long start, long end) {
            if (2 * count == pairs.length) {
                pairs = Arrays.copyOf(pairs, 2 * pairs.length);
            }
            pairs[2 * count] = start;
            pairs[2 * count + 1] = end;
            count++;
            return this;
        }

        /** Returns how many were added. */
        public int count() {
            return count;
        }

        /** Returns the ranges. */
        public RangeList build() {
            long[] starts = new long[count];
            long[] ends = new long[count];
            for (int i = 0; i < count; i++) {
                starts[i] = pairs[2 * i];
                ends[i] = pairs[2 * i + 1];
            }
            // for a union it does not matter which end belongs to which begin, as long as both are in order
            Arrays.sort(starts);
            Arrays.sort(ends);
            int kept = 0;
            for (int i = 0; i < count; i++) {
                if (kept > 0 && starts[i] <= ends[kept - 1]) {
                    ends[kept - 1] = ends[i];
                } else {
                    starts[kept] = starts[i];
                    ends[kept++] = ends[i];
                }
            }
            return new RangeList(Arrays.copyOf(starts, kept), Arrays.copyOf(ends, kept));
        }
    }

    /** Returns what of the ranges lies in {@code [from, to)}. */
    public Ranges within(long from, long to) {
        int found = Arrays.binarySearch(ends, from);
        int first = found >= 0 ? found + 1 : -found - 1;
        return new Ranges() {
            private int at = first - 1;

            @Override
            public boolean next() {
                if (at + 1 >= starts.length || starts[at + 1] >= to) {
                    return false;
                }
                at++;
                return true;
            }

            @Override
            public long start() {
                return Math.max(starts[at], from);
            }

            @Override
            public long end() {
                return Math.min(ends[at], to);
            }
        };
    }
}
