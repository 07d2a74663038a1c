package org.imagingutility.api.job;

import java.util.Objects;
import java.util.Optional;
import org.imagingutility.api.Digest;

/**
 * Verifies an image.
 *
 * @param image reference of the image
 * @param quick whether beside the structure only a sample of the frames is checked: evenly spread over all chunks, and
 *        more closely in the first and the last
 * @param stopAtFirst whether the job ends at the first damage instead of listing all
 * @param uncached whether the image is read from the medium, past the operating system's cache, where the store can do that
 * @param pipeline how much is done at once
 * @param expected a digest that the image must have: its image digest or its content digest
 */
public record VerifyRequest(String image, boolean quick, boolean stopAtFirst, boolean uncached,
        PipelineOptions pipeline, Optional<Digest> expected)
        implements JobRequest<VerifyResult> {

    /** Checks that nothing is null. */
    public VerifyRequest {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(pipeline, "pipeline");
        Objects.requireNonNull(expected, "expected");
    }

    /** Creates a request that expects no certain image. */
    public VerifyRequest(String image, boolean quick, boolean stopAtFirst, boolean uncached, PipelineOptions pipeline) {
        this(image, quick, stopAtFirst, uncached, pipeline, Optional.empty());
    }

    @Override
    public String kind() {
        return "verify";
    }

    @Override
    public String subject() {
        return image;
    }

    /** Creates a request that lists all damage and reads as is quickest. */
    public VerifyRequest(String image, boolean quick, PipelineOptions pipeline) {
        this(image, quick, false, false, pipeline);
    }
}
