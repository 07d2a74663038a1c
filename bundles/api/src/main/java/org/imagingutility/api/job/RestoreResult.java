package org.imagingutility.api.job;

import java.util.Objects;
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
 */
public record RestoreResult(ImageInfo image, long bytesWritten, long bytesGivenBack, long bytesVerified,
        boolean verifiedOnMedium, JobStatistics statistics) {

    /** Checks that nothing is null. */
    public RestoreResult {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(statistics, "statistics");
    }

    /** Creates the result of a job that gave nothing back, and read back nothing or from the operating system's cache. */
    public RestoreResult(ImageInfo image, long bytesWritten, long bytesVerified, JobStatistics statistics) {
        this(image, bytesWritten, 0, bytesVerified, false, statistics);
    }
}
