package org.imagingutility.api.job;

import java.util.Objects;
import org.imagingutility.api.container.ImageInfo;

/**
 * What a restore or export wrote.
 *
 * @param image what the image says of itself
 * @param bytesWritten bytes written to the target (zeros that a new file has by itself do not count)
 * @param bytesVerified bytes read back and compared, 0 if that was not asked for
 * @param statistics how the job went
 */
public record RestoreResult(ImageInfo image, long bytesWritten, long bytesVerified, JobStatistics statistics) {

    /** Checks that nothing is null. */
    public RestoreResult {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(statistics, "statistics");
    }
}
