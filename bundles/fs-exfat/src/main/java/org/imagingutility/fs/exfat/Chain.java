package org.imagingutility.fs.exfat;

import java.util.Arrays;

/**
 * The clusters of a directory or a system file, in runs of clusters that follow one another. Grows while the FAT is read
 * and is not changed any more when it is complete; then it is safe for use by several threads.
 */
public final class Chain {
    private final int clusterSize;
    private final long heapOffset;
    private long[] starts = new long[8];
    /** Number of clusters up to the end of the run. */
    private long[] ends = new long[8];
    private int count;

    /** Creates an empty chain on the volume. */
    public Chain(BootSector boot) {
        this.clusterSize = boot.clusterSize();
        this.heapOffset = boot.offsetOf(BootSector.FIRST_CLUSTER);
    }

    /** Appends a cluster. */
    public void add(long cluster) {
        if (count > 0 && start(count - 1) + runLength(count - 1) == cluster) {
            ends[count - 1]++;
            return;
        }
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
            ends = Arrays.copyOf(ends, count * 2);
        }
        starts[count] = cluster;
        ends[count] = length() + 1;
        count++;
    }

    /** Returns the number of runs. */
    public int runCount() {
        return count;
    }

    /** Returns the first cluster of run {@code index}. */
    public long start(int index) {
        return starts[index];
    }

    /** Returns the number of clusters of run {@code index}. */
    public long runLength(int index) {
        return ends[index] - before(index);
    }

    /** Returns the number of clusters. */
    public long length() {
        return before(count);
    }

    /** Returns the bytes of all clusters. */
    public long bytes() {
        return length() * clusterSize;
    }

    /** Returns where the byte at {@code position}, less than {@link #bytes}, stands on the device. */
    public long deviceOffset(long position) {
        int run = indexOf(position);
        return heapOffset + (starts[run] - BootSector.FIRST_CLUSTER - before(run)) * clusterSize + position;
    }

    /** Returns how many bytes from {@code position} on follow one another on the device. */
    public long contiguous(long position) {
        return ends[indexOf(position)] * clusterSize - position;
    }

    private int indexOf(long position) {
        int found = Arrays.binarySearch(ends, 0, count, position / clusterSize + 1);
        return found >= 0 ? found : -found - 1;
    }

    private long before(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }
}
