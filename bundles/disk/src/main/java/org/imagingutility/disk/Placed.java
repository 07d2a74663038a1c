package org.imagingutility.disk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.imagingutility.api.partition.Partition;
import org.imagingutility.api.partition.PartitionRole;

/**
 * A partition and where its entry stands.
 *
 * @param partition the partition
 * @param at byte offset on the disk of the entry it comes from
 */
record Placed(Partition partition, long at) {

    /** Returns the partitions, by number. */
    static List<Partition> partitions(List<Placed> all) {
        return all.stream().map(Placed::partition).sorted(Comparator.comparingInt(Partition::number)).toList();
    }

    /** Warns of partitions that end behind the disk. */
    static void warnOfEnds(List<Placed> all, long diskLength, Warnings warnings) {
        for (Placed one : all) {
            Partition partition = one.partition;
            if (partition.end() > diskLength) {
                warnings.at(one.at, "partition " + partition.number() + " ends at byte " + partition.end()
                        + ", behind the end of the disk (" + diskLength + " bytes)");
            }
        }
    }

    /**
     * Tells of partitions that share bytes, logical ones and their extended one apart, as far as they lie on the disk.
     *
     * @param told told a sentence for each partition that begins in another one
     */
    static void tellOverlaps(List<Placed> all, long diskLength, Warnings told) {
        tellOverlaps(all, diskLength, false, told);
        tellOverlaps(all, diskLength, true, told);
    }

    /** Compares those with content, or extended partitions with those beside them. */
    private static void tellOverlaps(List<Placed> all, long diskLength, boolean extended, Warnings told) {
        PartitionRole without = extended ? PartitionRole.LOGICAL : PartitionRole.EXTENDED;
        List<Placed> sorted = new ArrayList<>(all);
        sorted.removeIf(one -> one.partition.role() == without || one.partition.offset() >= diskLength);
        sorted.sort(Comparator.comparingLong(one -> one.partition.offset()));
        Placed longest = null;
        for (Placed one : sorted) {
            if (longest != null && one.partition.offset() < longest.partition.end()
                    && (!extended || one.isExtended() || longest.isExtended())) {
                Partition first = longest.partition;
                told.at(Math.max(longest.at, one.at), "partitions " + first.number() + " and " + one.partition.number()
                        + " overlap: bytes " + first.offset() + " to " + (first.end() - 1) + " and " + one.partition.offset()
                        + " to " + (one.partition.end() - 1));
            }
            if (longest == null || one.partition.end() > longest.partition.end()) {
                longest = one;
            }
        }
    }

    private boolean isExtended() {
        return partition.role() == PartitionRole.EXTENDED;
    }

    /**
     * Tells of partitions that hold a part of the table.
     *
     * @param what name of that part
     * @param offset first byte of it
     * @param length bytes of it
     */
    static void tellHolders(List<Placed> all, String what, long offset, long length, Warnings told) {
        for (Placed one : all) {
            if (one.partition.offset() < offset + length && one.partition.end() > offset) {
                told.at(one.at, "partition " + one.partition.number() + " (bytes " + one.partition.offset() + " to "
                        + (one.partition.end() - 1) + ") holds " + what + ", at byte " + offset);
            }
        }
    }
}
