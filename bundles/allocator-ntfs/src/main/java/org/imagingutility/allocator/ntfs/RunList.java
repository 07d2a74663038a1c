package org.imagingutility.allocator.ntfs;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.imagingutility.api.error.FileSystemException;

/**
 * Which clusters of the volume hold the clusters of a file's data. Grows piece by piece while records are read and is
 * not changed any more when it is complete; then it is safe for use by several threads. All runs lie on the volume;
 * whether they overlap is not checked here (see {@link ReservedClusters}).
 */
final class RunList {
    /**
     * Most runs that are taken, 16 MiB of memory. A bitmap cannot need more on any volume Windows can make (at most
     * 2<sup>32</sup> clusters: with clusters of 512 bytes the bitmap has 2<sup>20</sup> of them).
     */
    static final int MAX_RUNS = 1 << 20;

    private final long clusterCount;
    private long[] lcns = new long[8];
    /** VCN behind the run. */
    private long[] ends = new long[8];
    private int count;

    /** Creates an empty list for a volume of {@code clusterCount} clusters. */
    RunList(long clusterCount) {
        this.clusterCount = clusterCount;
    }

    /** Returns the number of runs. */
    int count() {
        return count;
    }

    /** Returns the first cluster on the volume of run {@code index}. */
    long lcn(int index) {
        return lcns[index];
    }

    /** Returns the number of clusters of run {@code index}. */
    long length(int index) {
        return ends[index] - start(index);
    }

    /** Returns the number of clusters of all runs: the first VCN that no run has. */
    long length() {
        return start(count);
    }

    /** Returns the run that has {@code vcn}, which is in {@code 0..length()-1}. */
    int indexOf(long vcn) {
        int found = Arrays.binarySearch(ends, 0, count, vcn + 1);
        return found >= 0 ? found : -found - 1;
    }

    /** Returns the first VCN of run {@code index}. */
    long start(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }

    /**
     * Adds the runs of the next piece. Its mapping pairs are, for each run, a byte with the sizes of two signed numbers
     * (low four bits: run length; high four bits: LCN, relative to the run before), then these numbers; a zero byte
     * ends them.
     *
     * @param what names the data for messages
     */
    void append(Attribute.NonResident piece, String what) throws FileSystemException {
        if (piece.lowestVcn() != length()) {
            throw piece.place().wrong(Attribute.LOWEST_VCN_AT, "a piece of " + what + " begins at its cluster "
                    + piece.lowestVcn() + ", expected " + length());
        }
        ByteBuffer pairs = piece.runs();
        int at = 0;
        long lcn = 0;
        while (at < pairs.limit() && pairs.get(at) != 0) {
            int lengthSize = pairs.get(at) & 0xF;
            int lcnSize = pairs.get(at) >> 4 & 0xF;
            Place place = piece.place().from(piece.runsAt() + (long) at);
            if (lengthSize < 1 || lengthSize > 8 || lcnSize > 8 || 1 + lengthSize + lcnSize > pairs.limit() - at) {
                throw place.wrong(0, String.format("a run of %s has the head 0x%02X with %d bytes left", what,
                        pairs.get(at), pairs.limit() - at - 1));
            }
            if (lcnSize == 0) {
                throw place.wrong(0, "a run of " + what + " is a hole: it must have all its clusters");
            }
            // an overflow gives a negative number, which is refused as any other
            lcn += signed(pairs, at + 1 + lengthSize, lcnSize);
            add(lcn, signed(pairs, at + 1, lengthSize), what, place);
            at += 1 + lengthSize + lcnSize;
        }
        if (at == pairs.limit()) {
            throw piece.place().wrong(piece.runsAt() + (long) at - 1, "the run list of " + what + " has no end mark");
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
        if (length > clusterCount - length()) {
            throw place.wrong(0, "the runs of " + what + " have more clusters than the volume, which has "
                    + clusterCount);
        }
        long end = length() + length;
        if (count > 0 && lcns[count - 1] + length(count - 1) == lcn) {
            ends[count - 1] = end;
            return;
        }
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

    private static long signed(ByteBuffer bytes, int at, int size) {
        long value = bytes.get(at + size - 1);
        for (int i = size - 2; i >= 0; i--) {
            value = value << 8 | Byte.toUnsignedLong(bytes.get(at + i));
        }
        return value;
    }
}
