package org.imagingutility.fs.ntfs.runs;

import java.util.Arrays;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.fs.ntfs.structure.Attribute;
import org.imagingutility.fs.ntfs.structure.Place;

/**
 * Which clusters of the volume hold the clusters of a file's data. Grows piece by piece while records are read and is
 * not changed any more when it is complete; then it is safe for use by several threads. All runs lie on the volume;
 * whether they overlap is not checked here (see {@code ReservedClusters}).
 */
public final class RunList {
    /**
     * Most runs that are taken, 16 MiB of memory. A bitmap cannot need more on any volume Windows can make (at most
     * 2<sup>32</sup> clusters: with clusters of 512 bytes the bitmap has 2<sup>20</sup> of them).
     */
    public static final int MAX_RUNS = 1 << 20;

    /** What {@link #lcn} says of a hole. */
    public static final long HOLE = -1;

    private final long clusterCount;
    /** Most clusters of the data, holes included; 0 if it may have no holes. */
    private final long longest;
    /** Clusters that are no holes. */
    private long stored;
    private long[] lcns = new long[8];
    /** VCN behind the run. */
    private long[] ends = new long[8];
    private int count;

    /** Creates an empty list for a volume of {@code clusterCount} clusters. */
    public RunList(long clusterCount) {
        this(clusterCount, 0);
    }

    private RunList(long clusterCount, long longest) {
        this.clusterCount = clusterCount;
        this.longest = longest;
    }

    /**
     * Returns an empty list of data that may have holes.
     *
     * @param longest most clusters that the data may have, holes included
     */
    public static RunList withHoles(long clusterCount, long longest) {
        return new RunList(clusterCount, longest);
    }

    /** Returns the number of runs. */
    public int count() {
        return count;
    }

    /** Returns the first cluster on the volume of run {@code index}, or {@link #HOLE}. */
    public long lcn(int index) {
        return lcns[index];
    }

    /** Returns the number of clusters of run {@code index}. */
    public long length(int index) {
        return ends[index] - start(index);
    }

    /** Returns the number of clusters of all runs: the first VCN that no run has. */
    public long length() {
        return start(count);
    }

    /** Returns the run that has {@code vcn}, which is in {@code 0..length()-1}. */
    public int indexOf(long vcn) {
        int found = Arrays.binarySearch(ends, 0, count, vcn + 1);
        return found >= 0 ? found : -found - 1;
    }

    /** Returns the first VCN of run {@code index}. */
    public long start(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }

    /**
     * Adds the runs of the next piece.
     *
     * @param what names the data for messages
     */
    public void append(Attribute.NonResident piece, String what) throws FileSystemException {
        if (piece.lowestVcn() != length()) {
            throw piece.place().wrong(Attribute.LOWEST_VCN_AT, "a piece of " + what + " begins at its cluster "
                    + piece.lowestVcn() + ", expected " + length());
        }
        MappingPairs pairs = new MappingPairs(piece, what);
        while (pairs.next()) {
            if (!pairs.isHole()) {
                add(pairs.lcn(), pairs.length(), what, pairs.place());
            } else if (longest > 0) {
                addHole(pairs.length(), what, pairs.place());
            } else {
                throw pairs.place().wrong(0, "a run of " + what + " is a hole: it must have all its clusters");
            }
        }
        if (piece.highestVcn() != length() - 1) {
            throw piece.place().wrong(Attribute.HIGHEST_VCN_AT, "a piece of " + what + " ends with its cluster "
                    + piece.highestVcn() + ", its runs with " + (length() - 1));
        }
    }

    private void add(long lcn, long length, String what, Place place) throws FileSystemException {
        if (length <= 0 || lcn < 0 || lcn >= clusterCount || length > clusterCount - lcn) {
            throw place.wrong(0, "a run of " + what + " has " + length + " clusters at cluster " + lcn
                    + "; the volume has " + clusterCount);
        }
        if (length > clusterCount - stored) {
            throw place.wrong(0, "the runs of " + what + " have more clusters than the volume, which has "
                    + clusterCount);
        }
        checkLength(length, what, place);
        stored += length;
        if (count > 0 && lcns[count - 1] != HOLE && lcns[count - 1] + length(count - 1) == lcn) {
            ends[count - 1] += length;
        } else {
            put(lcn, length, what, place);
        }
    }

    private void addHole(long length, String what, Place place) throws FileSystemException {
        if (length <= 0) {
            throw place.wrong(0, "a hole of " + what + " has " + length + " clusters");
        }
        checkLength(length, what, place);
        if (count > 0 && lcns[count - 1] == HOLE) {
            ends[count - 1] += length;
        } else {
            put(HOLE, length, what, place);
        }
    }

    private void checkLength(long length, String what, Place place) throws FileSystemException {
        if (longest > 0 && length > longest - length()) {
            throw place.wrong(0, what + " has more than " + longest + " clusters, holes included");
        }
    }

    private void put(long lcn, long length, String what, Place place) throws FileSystemException {
        long end = length() + length;
        if (count == MAX_RUNS) {
            throw place.wrong(0, what + " has more than " + MAX_RUNS + " runs");
        }
        if (count == lcns.length) {
            lcns = Arrays.copyOf(lcns, count * 2);
            ends = Arrays.copyOf(ends, count * 2);
        }
        lcns[count] = lcn;
        ends[count] = end;
        count++;
    }
}
