package org.imagingutility.allocator.ntfs.clusters;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.imagingutility.allocator.ntfs.mft.SystemFiles;
import org.imagingutility.api.allocator.ClusterWindow;
import org.imagingutility.fs.ntfs.runs.RunList;

/**
 * Clusters known to be in use whatever the bitmap says: the boot sector's, those of {@code $MFT} and of {@code $Bitmap}
 * itself, and those of other files of the file system. A bitmap that has one of them free is not the bitmap of this volume,
 * or is damaged. Immutable.
 */
public final class ReservedClusters {
    private final long[] starts;
    private final long[] ends;

    private ReservedClusters(long[] starts, long[] ends) {
        this.starts = starts;
        this.ends = ends;
    }

    /** Collects the first cluster and those of the lists. */
    public ReservedClusters(RunList... lists) {
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
    public long firstClaimedTwice() {
        for (int i = 1; i < starts.length; i++) {
            if (starts[i] < ends[i - 1]) {
                return starts[i];
            }
        }
        return -1;
    }

    /** Returns these clusters and those of further files, some of which ({@code $Boot}) may be among these. */
    public ReservedClusters with(List<SystemFiles.Run> more) {
        List<SystemFiles.Run> all = new ArrayList<>(more);
        for (int i = 0; i < starts.length; i++) {
            all.add(new SystemFiles.Run(starts[i], ends[i]));
        }
        all.sort(Comparator.comparingLong(SystemFiles.Run::start));
        long[] mergedStarts = new long[all.size()];
        long[] mergedEnds = new long[all.size()];
        int count = 0;
        for (SystemFiles.Run run : all) {
            if (count > 0 && run.start() <= mergedEnds[count - 1]) {
                mergedEnds[count - 1] = Math.max(mergedEnds[count - 1], run.end());
            } else {
                mergedStarts[count] = run.start();
                mergedEnds[count++] = run.end();
            }
        }
        return new ReservedClusters(Arrays.copyOf(mergedStarts, count), Arrays.copyOf(mergedEnds, count));
    }

    /** Adds all of these clusters to a window. */
    void addTo(ClusterWindow window) {
        for (int i = 0; i < starts.length; i++) {
            window.add(starts[i], ends[i]);
        }
    }

    /** Returns the first of these clusters in {@code [from, to)}, or -1. No cluster is claimed twice. */
    public long firstIn(long from, long to) {
        int found = Arrays.binarySearch(ends, from + 1);
        int range = found >= 0 ? found : -found - 1;
        return range < starts.length && starts[range] < to ? Math.max(starts[range], from) : -1;
    }
}
