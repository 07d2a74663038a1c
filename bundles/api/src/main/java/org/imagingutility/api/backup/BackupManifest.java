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
 * @param pieces what is kept of the disk outside the partitions, and of its table wherever that lies, by offset on the disk; no
 *        two overlap
 * @param piecesImage the image that holds those pieces whose file it is; empty if all pieces are stored as they are
 * @param leftOut what of the disk lies in no partition and in no piece, by offset; empty before version 3, which did not tell
 * @param options how the set was made, by the names of the command's options
 * @param warnings what was said while it was made and matters to those who restore it
 * @param notes text for people, empty if none
 */
public record BackupManifest(String version, String tool, DiskFacts disk, Instant created, Optional<Instant> finished,
        List<SetPartition> partitions, List<SetPiece> pieces, Optional<SetArtefact> piecesImage, List<LeftOut> leftOut,
        SortedMap<String, String> options, List<String> warnings, String notes) {

    /**
     * The most partitions of a disk that is backed up partition by partition; what has more is taken as a whole. A format for sets
     * must be able to write, and to read again, so many partitions with as many pieces and ranges left out between them.
     */
    public static final int MAX_PARTITIONS = 2048;
    /** The most unreadable ranges that all partitions and pieces of a manifest that is written list together. */
    public static final int MAX_RANGES = 65_536;

    /** Copies the lists and checks that nothing is null. */
    public BackupManifest {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(tool, "tool");
        Objects.requireNonNull(disk, "disk");
        Objects.requireNonNull(created, "created");
        Objects.requireNonNull(finished, "finished");
        Objects.requireNonNull(notes, "notes");
        partitions = List.copyOf(partitions);
        Objects.requireNonNull(piecesImage, "piecesImage");
        pieces = List.copyOf(pieces);
        leftOut = List.copyOf(leftOut);
        options = Collections.unmodifiableSortedMap(new TreeMap<>((Map<String, String>) options));
        warnings = List.copyOf(warnings);
    }

    /** Creates a manifest of a set whose pieces are stored as they are, and that does not tell what was left out. */
    public BackupManifest(String version, String tool, DiskFacts disk, Instant created, Optional<Instant> finished,
            List<SetPartition> partitions, List<SetPiece> pieces, SortedMap<String, String> options, List<String> warnings,
            String notes) {
        this(version, tool, disk, created, finished, partitions, pieces, Optional.empty(), List.of(), options, warnings, notes);
    }

    /** Says whether a piece lies in {@link #piecesImage} instead of a file that holds it as it is. */
    public boolean isInImage(SetPiece piece) {
        return piecesImage.map(image -> image.file().equals(piece.file())).orElse(false);
    }

    /** Returns the bytes of the disk, outside the partitions, that the set does not hold. */
    public long leftOutBytes() {
        return leftOut.stream().mapToLong(LeftOut::length).sum();
    }

    /** Returns the partition with an index. */
    public Optional<SetPartition> partition(int index) {
        return partitions.stream().filter(partition -> partition.index() == index).findFirst();
    }

    /** Returns the bytes of the disk that could not be read. */
    public long unreadableBytes() {
        return piecesImage.map(SetArtefact::unreadableBytes).orElse(0L) + partitions.stream().flatMap(partition -> partition.artefact().stream())
                .mapToLong(SetArtefact::unreadableBytes).sum()
                + pieces.stream().mapToLong(piece -> piece.unreadable().totalLength()).sum();
    }
}
