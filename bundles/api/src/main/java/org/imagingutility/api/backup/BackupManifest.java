package org.imagingutility.api.backup;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a backup set says of itself.
 *
 * @param version version of the manifest: {@code 1} is that of the C# tool
 * @param tool name and version of the program that made the set, empty if it does not say
 * @param disk the disk
 * @param created when the backup was begun
 * @param finished when it was done, if the manifest says
 * @param partitions what was found on the disk, by index; a disk without a table is one partition with index 0
 * @param pieces what is kept of the disk outside the partitions, by offset on the disk; no two overlap
 * @param options how the set was made, by the names of the command's options
 * @param warnings what was said while it was made and matters to those who restore it
 * @param notes text for people, empty if none
 */
public record BackupManifest(String version, String tool, DiskFacts disk, Instant created, Optional<Instant> finished,
        List<SetPartition> partitions, List<SetPiece> pieces, SortedMap<String, String> options, List<String> warnings,
        String notes) {

    /** Copies the lists and checks that nothing is null. */
    public BackupManifest {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(tool, "tool");
        Objects.requireNonNull(disk, "disk");
        Objects.requireNonNull(created, "created");
        Objects.requireNonNull(finished, "finished");
        Objects.requireNonNull(notes, "notes");
        partitions = List.copyOf(partitions);
        pieces = List.copyOf(pieces);
        options = Collections.unmodifiableSortedMap(new TreeMap<>((Map<String, String>) options));
        warnings = List.copyOf(warnings);
    }

    /** Returns the partition with an index. */
    public Optional<SetPartition> partition(int index) {
        return partitions.stream().filter(partition -> partition.index() == index).findFirst();
    }

    /** Returns the bytes of the disk that could not be read. */
    public long unreadableBytes() {
        return partitions.stream().flatMap(partition -> partition.artefact().stream())
                .mapToLong(SetArtefact::unreadableBytes).sum()
                + pieces.stream().mapToLong(piece -> piece.unreadable().totalLength()).sum();
    }
}
