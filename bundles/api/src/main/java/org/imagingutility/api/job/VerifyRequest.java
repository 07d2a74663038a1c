package org.imagingutility.api.job;

import java.util.Objects;

/**
 * Verifies an image.
 *
 * @param image reference of the image
 * @param quick whether only the structure and the frames of the first, the last and evenly spread chunks are checked
 * @param pipeline how much is done at once
 */
public record VerifyRequest(String image, boolean quick, PipelineOptions pipeline) {

    /** Checks that nothing is null. */
    public VerifyRequest {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(pipeline, "pipeline");
    }
}
