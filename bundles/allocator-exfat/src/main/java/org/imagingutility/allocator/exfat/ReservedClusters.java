package org.imagingutility.allocator.exfat;

import java.util.Arrays;
import java.util.List;
import org.imagingutility.api.allocator.ClusterWindow;
import org.imagingutility.fs.exfat.Chain;

/**
 * Clusters known to be in use whatever the bitmap says: those of the root directory, of the bitmap itself and of the
 * up-case table. A bitmap that has one of them free is not the bitmap of this volume, or is damaged. Immutable.
 */
final class ReservedClusters {
    private final long[] starts;
    private final long[] ends;

    /** Collects the clusters of the chains. */
    ReservedClusters(List<Chain> chains) {
        int count = chains.stream().mapToInt(Chain::runCount).sum();
        starts = new long[count];
        ends = new long[count];
        int next = 0;
        for (Chain chain : chains) {
            for (int i = 0; i < chain.runCount(); i++) {
                starts[next] = chain.start(i);
                ends[next++] = chain.start(i) + chain.runLength(i);
            }
        }
        // sorted each on its own they belong together still, as long as no two ranges overlap
        Arrays.sort(starts);
        Arrays.sort(ends);
    }

    /** Returns the first cluster that is claimed twice, or -1 if none is. */
    long firstClaimedTwice() {
        for (int i = 1; i < starts.length; i++) {
            if (starts[i] < ends[i - 1]) {
                return starts[i];
            }
        }
        return -1;
    }

    /** Adds all of these clusters to a window. */
    void addTo(ClusterWindow window) {
        for (int i = 0; i < starts.length; i++) {
            window.add(starts[i], ends[i]);
        }
    }

    /** Returns the first of these clusters in {@code [from, to)}, or -1. No cluster is claimed twice. */
    long firstIn(long from, long to) {
        int found = Arrays.binarySearch(ends, from + 1);
        int range = found >= 0 ? found : -found - 1;
        return range < starts.length && starts[range] < to ? Math.max(starts[range], from) : -1;
    }
}
