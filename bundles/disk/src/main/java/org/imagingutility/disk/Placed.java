package org.imagingutility.disk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.imagingutility.api.error.PartitionTableException;
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
     * Fails if two partitions share bytes, logical ones and their extended one apart. Those that end behind the disk do not
     * count: their length is wrong, and who images one of them is told so.
     */
    static void refuseOverlaps(List<Placed> all, String device, long diskLength) throws PartitionTableException {
        refuseOverlaps(device, all, diskLength, PartitionRole.LOGICAL);
        refuseOverlaps(device, all, diskLength, PartitionRole.EXTENDED);
    }

    private static void refuseOverlaps(String device, List<Placed> all, long diskLength, PartitionRole without)
            throws PartitionTableException {
        List<Placed> sorted = new ArrayList<>(all);
        sorted.removeIf(one -> one.partition.role() == without || one.partition.end() > diskLength);
        sorted.sort(Comparator.comparingLong(one -> one.partition.offset()));
        for (int i = 1; i < sorted.size(); i++) {
            Partition first = sorted.get(i - 1).partition;
            Partition second = sorted.get(i).partition;
            if (second.offset() < first.end()) {
                throw new PartitionTableException(device, Math.max(sorted.get(i - 1).at, sorted.get(i).at),
                        "partitions " + first.number() + " and " + second.number() + " overlap: bytes " + first.offset()
                                + " to " + (first.end() - 1) + " and " + second.offset() + " to " + (second.end() - 1),
                        "image the disk as a whole, or correct the table first");
            }
        }
    }
}
