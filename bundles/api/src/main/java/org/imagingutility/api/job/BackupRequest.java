package org.imagingutility.api.job;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * Makes a backup set of a whole disk.
 *
 * @param device reference of the disk
 * @param diskNumber number the user named it by, if he did
 * @param folder folder of the set; made if it is not there
 * @param output how the images are written; {@code overwrite} replaces a set that stands there, {@code resume} continues with
 *        one that was interrupted
 * @param source what of the partitions is read; {@code maxBytes} must be 0
 * @param readErrors what is done where the disk cannot be read; no {@code badMap}, no {@code retryRecorded}
 * @param layout how the images are divided and compressed
 * @param pipeline how much is done at once
 * @param linearHashes names of digests over each partition in order, free ranges as zeros
 * @param artefacts what is made of the partitions beside images
 * @param division how the disk's division is taken
 */
public record BackupRequest(String device, OptionalInt diskNumber, String folder, ImageRequest.Output output,
        ImageRequest.Source source, ImageRequest.ReadErrors readErrors, ImageRequest.Layout layout,
        PipelineOptions pipeline, List<String> linearHashes, Artefacts artefacts, Division division) implements JobRequest<BackupResult> {

    /** Checks that nothing is null, and that the options make sense for a whole disk. */
    public BackupRequest {
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(diskNumber, "diskNumber");
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(readErrors, "readErrors");
        Objects.requireNonNull(layout, "layout");
        Objects.requireNonNull(pipeline, "pipeline");
        Objects.requireNonNull(artefacts, "artefacts");
        Objects.requireNonNull(division, "division");
        linearHashes = List.copyOf(linearHashes);
        if (source.maxBytes() != 0) {
            throw new IllegalArgumentException("a whole disk is backed up: --max-bytes makes no sense here");
        }
        if (readErrors.badMap().isPresent() || readErrors.retryRecorded()) {
            throw new IllegalArgumentException("maps of bad ranges and --retry-bad are for single images: use image with "
                    + "--device DISK#N");
        }
    }

    /** Creates a request that takes the division of the disk by default. */
    public BackupRequest(String device, OptionalInt diskNumber, String folder, ImageRequest.Output output,
            ImageRequest.Source source, ImageRequest.ReadErrors readErrors, ImageRequest.Layout layout,
            PipelineOptions pipeline, List<String> linearHashes, Artefacts artefacts) {
        this(device, diskNumber, folder, output, source, readErrors, layout, pipeline, linearHashes, artefacts, Division.DEFAULT);
    }

    @Override
    public String kind() {
        return "backup-disk";
    }

    @Override
    public String subject() {
        return device;
    }

    /** Returns a request with all defaults. */
    public static BackupRequest of(String device, String folder) {
        return new BackupRequest(device, OptionalInt.empty(), folder, ImageRequest.Output.DEFAULT,
                ImageRequest.Source.DEFAULT, ImageRequest.ReadErrors.DEFAULT, ImageRequest.Layout.DEFAULT,
                PipelineOptions.DEFAULT, List.of(), Artefacts.DEFAULT, Division.DEFAULT);
    }

    /**
     * What is made of the partitions beside images.
     *
     * @param rawDumps whether partitions that no allocator knows become plain files instead of images
     * @param skipHashes whether no SHA-256 of whole files is computed; the digests inside images always are
     * @param hashCutoff images larger than so many bytes get no SHA-256 of the whole file, which needs reading it once more
     */
    public record Artefacts(boolean rawDumps, boolean skipHashes, long hashCutoff) {
        /** Images only, hashes of files of up to 1 GiB. */
        public static final Artefacts DEFAULT = new Artefacts(false, false, 1L << 30);

        /** Checks the range. */
        public Artefacts {
            if (hashCutoff < 0) {
                throw new IllegalArgumentException("hash cutoff " + hashCutoff + " is negative");
            }
        }
    }

    /**
     * How the disk's division is taken.
     *
     * @param unpartitioned what is kept of the space in no partition
     * @param sectorSize bytes of the sectors that the partition table counts in, 512 or 4096; empty for what the table, the
     *        disk, or what lies on the partitions tells
     */
    public record Division(Unpartitioned unpartitioned, OptionalInt sectorSize) {
        /** Keeps unpartitioned space unless it is known to be free, and finds the sector size out. */
        public static final Division DEFAULT = new Division(Unpartitioned.AUTO, OptionalInt.empty());

        /** Checks the values. */
        public Division {
            Objects.requireNonNull(unpartitioned, "unpartitioned");
            Objects.requireNonNull(sectorSize, "sectorSize");
            if (sectorSize.isPresent() && sectorSize.getAsInt() != 512 && sectorSize.getAsInt() != 4096) {
                throw new IllegalArgumentException("sectors of " + sectorSize.getAsInt() + " bytes: partition tables count in"
                        + " sectors of 512 or 4096 bytes (--sector-size)");
            }
        }
    }

    /** What is kept of the space of a disk that lies in no partition. The partition table itself always is. */
    public enum Unpartitioned {
        /**
         * All, but for ranges of more than 1 GiB on a disk whose table is understood, all of which were read and in which no
         * signature of a file system or a partition table was found; of these the beginning.
         */
        AUTO,
        /** All. */
        ALL,
        /** What lies in front of the first partition, the beginning of each other range, and the end of the disk; nothing is read. */
        ENDS
    }
}
