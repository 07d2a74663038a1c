package org.imagingutility.allocator.ntfs;

import java.util.Arrays;

/**
 * Clusters known to be in use whatever the bitmap says: the boot sector's, those of {@code $MFT} and of {@code $Bitmap}
 * itself. A bitmap that has one of them free is not the bitmap of this volume, or is damaged. Immutable.
 */
final class ReservedClusters {
    private final long[] starts;
    private final long[] ends;

    /** Collects the first cluster and those of the lists. */
    ReservedClusters(RunList... lists) {
        int count = 1 + Arrays.stream(lists).mapToInt(RunList::count).sum();
        starts = new long[count];
        ends = new long[count];
        ends[0] = 1;
        int next = 1;
        for (RunList list : lists) {
            for (int i = 0; i < list.count(); i++) {
                starts[next] = list.lcn(i);
                ends[next++] = list.lcn(i) + list.length(i);
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

    /** Returns the first of these clusters in {@code [from, to)}, or -1. No cluster is claimed twice. */
    long firstIn(long from, long to) {
        int found = Arrays.binarySearch(ends, from + 1);
        int range = found >= 0 ? found : -found - 1;
        return range < starts.length && starts[range] < to ? Math.max(starts[range], from) : -1;
    }
}
