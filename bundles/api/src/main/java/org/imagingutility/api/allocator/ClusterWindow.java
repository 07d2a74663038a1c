package org.imagingutility.api.allocator;

import java.util.Arrays;

/** Which clusters are in use in a stretch of a volume; moved over the volume from its begin to its end. For one thread. */
public final class ClusterWindow {
    /** Most clusters of a window: 16 MiB of memory, 512 GiB of a volume with clusters of 4 KiB. */
    public static final long MAX_CLUSTERS = 1L << 27;

    private final long[] words;
    private final long capacity;
    private long first;
    private long end;
    private long referred;

    /**
     * Creates an empty window at the begin of a volume.
     *
     * @param firstCluster number of the volume's first cluster
     * @param endCluster number behind its last one
     */
    public ClusterWindow(long firstCluster, long endCluster) {
        this(firstCluster, endCluster, MAX_CLUSTERS);
    }

    ClusterWindow(long firstCluster, long endCluster, long maxClusters) {
        capacity = Math.min(maxClusters, endCluster - firstCluster);
        words = new long[(int) ((capacity + Long.SIZE - 1) / Long.SIZE)];
        first = firstCluster;
        end = firstCluster + capacity;
    }

    /** Makes the window empty and lets it begin at {@code cluster}. */
    void moveTo(long cluster, long endOfVolume) {
        Arrays.fill(words, 0);
        first = cluster;
        end = Math.min(endOfVolume, cluster + capacity);
        referred = 0;
    }

    /** Returns the first cluster of the window. */
    public long first() {
        return first;
    }

    /** Returns the cluster behind the last one of the window. */
    public long end() {
        return end;
    }

    /**
     * Returns how many clusters were added since the window is where it is, in it or not, those that were added twice
     * counted twice. On a sound volume that is no more than it has clusters; whoever adds should stop where it is out of
     * proportion, so that a doctored volume cannot make endless work.
     */
    public long referred() {
        return referred;
    }

    /** Makes those of the clusters {@code [from, to)} used that lie in the window. */
    public void add(long from, long to) {
        if (from < to) {
            referred += to - from;
            set(Math.max(from, first), Math.min(to, end));
        }
    }

    private void set(long from, long to) {
        if (from >= to) {
            return;
        }
        long begin = from - first;
        long last = to - 1 - first;
        int firstWord = (int) (begin / Long.SIZE);
        int lastWord = (int) (last / Long.SIZE);
        long head = -1L << begin % Long.SIZE;
        long tail = -1L >>> Long.SIZE - 1 - last % Long.SIZE;
        if (firstWord == lastWord) {
            words[firstWord] |= head & tail;
            return;
        }
        words[firstWord] |= head;
        Arrays.fill(words, firstWord + 1, lastWord, -1L);
        words[lastWord] |= tail;
    }

    /** Returns the first cluster in use (or free) from {@code from} on, which is in the window, or the window's end. */
    public long find(boolean inUse, long from) {
        // what is looked for becomes a one, so that words without it are zero
        long flip = inUse ? 0 : -1;
        long bit = from - first;
        int index = (int) (bit / Long.SIZE);
        long word = (words[index] ^ flip) & -1L << bit % Long.SIZE;
        while (word == 0 && ++index < words.length) {
            word = words[index] ^ flip;
        }
        return word == 0 ? end : Math.min(end, first + (long) index * Long.SIZE + Long.numberOfTrailingZeros(word));
    }
}
