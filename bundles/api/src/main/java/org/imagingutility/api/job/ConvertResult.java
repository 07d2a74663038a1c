package org.imagingutility.api.job;

import java.util.Objects;
import java.util.Optional;
import org.imagingutility.api.container.ImageInfo;

/**
 * What a conversion made.
 *
 * @param source what the image that was read says of itself
 * @param image what the new image says of itself
 * @param verified the result of verifying the new image afterwards, if that was asked for
 * @param statistics how the job went
 */
public record ConvertResult(ImageInfo source, ImageInfo image, Optional<VerifyResult> verified, JobStatistics statistics) {

    /** Checks that nothing is null. */
    public ConvertResult {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(verified, "verified");
        Objects.requireNonNull(statistics, "statistics");
    }
}
