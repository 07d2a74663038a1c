package org.imagingutility.api.partition;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.imagingutility.api.ExtentList;

/**
 * How a disk is divided. Partitions do not overlap, but for logical ones, which lie in an extended one, unless
 * {@link #contradictions} says so.
 *
 * @param kind kind of table
 * @param diskLength length of the disk in bytes
 * @param sectorSize bytes of the sectors the table counts in; may differ from the device's
 * @param diskSignature signature of the master boot record ({@code 0x0badcafe}); empty if it has none
 * @param diskGuid GUID of the disk, upper case with hyphens; empty in a master boot record
 * @param partitions the partitions, by number
 * @param mbrView of a hybrid, what its master boot record shows, its protective entries included; else empty
 * @param copies of a GUID partition table, which copy was read and how the other one is; else empty
 * @param warnings what the user should know although the table is taken; one sentence each, with the place. What it tells is
 *        true as far as it goes, but it may not tell all
 * @param contradictions why not all that the table tells can be true: partitions that overlap, or that hold the table itself,
 *        two copies that tell of different partitions; one sentence each, with the place. Which of the answers is the right
 *        one, nobody can say
 */
public record PartitionTable(PartitionTableKind kind, long diskLength, int sectorSize, String diskSignature,
        String diskGuid, List<Partition> partitions, List<Partition> mbrView, Optional<GptCopies> copies,
        List<String> warnings, List<String> contradictions) {

    /** Checks that nothing is null. */
    public PartitionTable {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(diskSignature, "diskSignature");
        Objects.requireNonNull(diskGuid, "diskGuid");
        Objects.requireNonNull(copies, "copies");
        partitions = List.copyOf(partitions);
        mbrView = List.copyOf(mbrView);
        warnings = List.copyOf(warnings);
        contradictions = List.copyOf(contradictions);
    }

    /** Creates a table that does not contradict itself. */
    public PartitionTable(PartitionTableKind kind, long diskLength, int sectorSize, String diskSignature, String diskGuid,
            List<Partition> partitions, List<Partition> mbrView, Optional<GptCopies> copies, List<String> warnings) {
        this(kind, diskLength, sectorSize, diskSignature, diskGuid, partitions, mbrView, copies, warnings, List.of());
    }

    /**
     * Says whether all of the table is understood: it warns of nothing, contradicts nothing, and both copies of a GPT are
     * sound. Only then what lies in no partition is free by what the table says.
     */
    public boolean isUnderstood() {
        return warnings.isEmpty() && contradictions.isEmpty() && copies.map(both -> both.primaryProblem().isEmpty()
                && both.backupProblem().isEmpty()).orElse(true);
    }

    /** Returns the partition with a number. */
    public Optional<Partition> partition(int number) {
        return partitions.stream().filter(partition -> partition.number() == number).findFirst();
    }

    /**
     * Returns what lies in no partition: the table itself with its copy and its extended boot records, room where boot
     * loaders live, free space. An extended partition counts only as far as logical ones fill it, and one that ends behind
     * the disk does not count, since it cannot be taken for what the table says.
     */
    public ExtentList gaps() {
        ExtentList.Builder gaps = new ExtentList.Builder();
        long end = 0;
        List<Partition> sorted = partitions.stream().filter(partition -> partition.role() != PartitionRole.EXTENDED
                && partition.end() <= diskLength).sorted(Comparator.comparingLong(Partition::offset)).toList();
        for (Partition partition : sorted) {
            if (partition.offset() > end) {
                gaps.add(end, partition.offset() - end);
            }
            end = Math.max(end, partition.end());
        }
        return end < diskLength ? gaps.add(end, diskLength - end).build() : gaps.build();
    }
}
