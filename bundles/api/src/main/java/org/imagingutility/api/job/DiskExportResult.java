package org.imagingutility.api.job;

import java.util.Objects;
import java.util.Optional;
import org.imagingutility.api.Digest;
import org.imagingutility.api.container.ImageDigests;
import org.imagingutility.api.container.ImageInfo;

/**
 * What the export of a virtual disk made.
 *
 * @param image what the image says of itself
 * @param format name of the format of the virtual disk
 * @param diskLength length of the disk as those see it who open the file, in bytes
 * @param fileLength length of the file in bytes; parts that hold zeros may take no room on the medium
 * @param statistics how the job went
 * @param proven the digests of the image that this job computed, from structures and content that it compared; empty if it looked
 *        at a part only, or the format has none. Those in {@code image} are what the image states
 * @param wholeSha256 SHA-256 of the whole device in order, free ranges as zeros, if it was asked for as the expected digest
 */
public record DiskExportResult(ImageInfo image, String format, long diskLength, long fileLength, JobStatistics statistics,
        Optional<ImageDigests> proven, Optional<Digest> wholeSha256) {

    /** Checks that nothing is null. */
    public DiskExportResult {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(statistics, "statistics");
        Objects.requireNonNull(proven, "proven");
        Objects.requireNonNull(wholeSha256, "wholeSha256");
    }

    /** Creates the result of a job that proved no digest of the whole. */
    public DiskExportResult(ImageInfo image, String format, long diskLength, long fileLength, JobStatistics statistics) {
        this(image, format, diskLength, fileLength, statistics, Optional.empty(), Optional.empty());
    }
}
