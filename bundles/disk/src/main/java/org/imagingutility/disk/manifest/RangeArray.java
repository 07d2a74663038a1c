package org.imagingutility.disk.manifest;

import java.util.Arrays;

/** Ranges as a manifest lists them, 16 bytes of memory for each. For one thread. */
final class RangeArray {
    private long[] values = new long[32];
    private int count;

    void add(long offset, long length) {
        if (2 * count == values.length) {
            values = Arrays.copyOf(values, 2 * values.length);
        }
        values[2 * count] = offset;
        values[2 * count + 1] = length;
        count++;
    }

    int count() {
        return count;
    }

    long offset(int index) {
        return values[2 * index];
    }

    long length(int index) {
        return values[2 * index + 1];
    }
}
