package org.imagingutility.api.job;

import java.util.Objects;
import java.util.Optional;
import org.imagingutility.api.Digest;
import org.imagingutility.api.container.ImageDigests;
import org.imagingutility.api.container.ImageInfo;

/**
 * What a restore or export wrote.
 *
 * @param image what the image says of itself
 * @param bytesWritten bytes written to the target (zeros that a new file has by itself do not count)
 * @param bytesGivenBack bytes that were not in use and were given back to what the target lies on (discard, holes)
 * @param bytesVerified bytes read back and compared, 0 if that was not asked for
 * @param verifiedOnMedium whether they came from the medium, past what the operating system has in its cache
 * @param statistics how the job went
 * @param proven the digests of the image that this job computed, from structures and content that it compared; empty if it looked
 *        at a part only, or the format has none. Those in {@code image} are what the image states
 * @param wholeSha256 SHA-256 of the whole device in order, free ranges as zeros, if it was asked for as the expected digest
 */
public record RestoreResult(ImageInfo image, long bytesWritten, long bytesGivenBack, long bytesVerified,
        boolean verifiedOnMedium, JobStatistics statistics, Optional<ImageDigests> proven, Optional<Digest> wholeSha256) {

    /** Checks that nothing is null. */
    public RestoreResult {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(statistics, "statistics");
        Objects.requireNonNull(proven, "proven");
        Objects.requireNonNull(wholeSha256, "wholeSha256");
    }

    /** Creates the result of a job that proved no digest of the whole. */
    public RestoreResult(ImageInfo image, long bytesWritten, long bytesGivenBack, long bytesVerified, boolean verifiedOnMedium,
            JobStatistics statistics) {
        this(image, bytesWritten, bytesGivenBack, bytesVerified, verifiedOnMedium, statistics, Optional.empty(), Optional.empty());
    }

    /** Creates the result of a job that gave nothing back, and read back nothing or from the operating system's cache. */
    public RestoreResult(ImageInfo image, long bytesWritten, long bytesVerified, JobStatistics statistics) {
        this(image, bytesWritten, 0, bytesVerified, false, statistics);
    }
}
