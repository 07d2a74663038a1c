package org.imagingutility.api;

import java.util.Arrays;

/**
 * Extents in ascending order that neither overlap nor touch; immutable and compact (16 bytes an extent).
 * Safe for use by several threads.
 */
public final class ExtentList {
    private static final ExtentList EMPTY = new ExtentList(new long[0]);

    /** offset and length in turn. */
    private final long[] values;

    private ExtentList(long[] values) {
        this.values = values;
    }

    /** Returns a list without extents. */
    public static ExtentList empty() {
        return EMPTY;
    }

    /** Returns the number of extents. */
    public int count() {
        return values.length / 2;
    }

    /** Returns the first byte of extent {@code index}. */
    public long offset(int index) {
        return values[2 * index];
    }

    /** Returns the length of extent {@code index} in bytes. */
    public long length(int index) {
        return values[2 * index + 1];
    }

    /** Returns the first byte after extent {@code index}. */
    public long end(int index) {
        return offset(index) + length(index);
    }

    /** Returns the sum of the lengths in bytes. */
    public long totalLength() {
        long total = 0;
        for (int i = 0; i < count(); i++) {
            total += length(i);
        }
        return total;
    }

    /** Returns the index of the first extent that ends after {@code position}, or {@link #count()} if none does. */
    public int firstEndingAfter(long position) {
        int low = 0;
        int high = count();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (end(middle) > position) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** Returns the parts of this list that lie in {@code [offset, offset + length)}. */
    public ExtentList within(long offset, long length) {
        long end = offset + length;
        Builder builder = new Builder();
        for (int i = firstEndingAfter(offset); i < count() && offset(i) < end; i++) {
            long from = Math.max(offset, offset(i));
            builder.add(from, Math.min(end, end(i)) - from);
        }
        return builder.build();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ExtentList that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < Math.min(count(), 8); i++) {
            text.append(i == 0 ? "" : ", ").append(offset(i)).append('+').append(length(i));
        }
        return text.append(count() > 8 ? ", … " + count() + " extents]" : "]").toString();
    }

    /** Collects extents in ascending order; extents that touch become one. Not safe for several threads. */
    public static final class Builder {
        private long[] values = new long[16];
        private int used;

        /** Creates an empty builder. */
        public Builder() {
        }

        /** Adds {@code [offset, offset + length)}, which must not begin before the end of the last one. */
        public Builder add(long offset, long length) {
            Extent checked = new Extent(offset, length);
            if (used > 0) {
                long lastEnd = values[used - 2] + values[used - 1];
                if (offset < lastEnd) {
                    throw new IllegalArgumentException("extent at " + offset + " begins before the last one ends ("
                            + lastEnd + ")");
                }
                if (offset == lastEnd) {
                    values[used - 1] += length;
                    return this;
                }
            }
            if (used == values.length) {
                values = Arrays.copyOf(values, used * 2);
            }
            values[used++] = checked.offset();
            values[used++] = checked.length();
            return this;
        }

        /** Returns the number of extents so far. */
        public int count() {
            return used / 2;
        }

        /** Returns what was collected. */
        public ExtentList build() {
            return used == 0 ? EMPTY : new ExtentList(Arrays.copyOf(values, used));
        }
    }
}
