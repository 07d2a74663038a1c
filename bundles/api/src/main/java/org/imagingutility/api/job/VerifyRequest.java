package org.imagingutility.api.job;

import java.util.Objects;

/**
 * Verifies an image.
 *
 * @param image reference of the image
 * @param quick whether beside the structure only a sample of the frames is checked: evenly spread over all chunks, and
 *        more closely in the first and the last
 * @param stopAtFirst whether the job ends at the first damage instead of listing all
 * @param uncached whether the image is read from the medium, past the operating system's cache, where the store can do that
 * @param pipeline how much is done at once
 */
public record VerifyRequest(String image, boolean quick, boolean stopAtFirst, boolean uncached,
        PipelineOptions pipeline)
        implements JobRequest<VerifyResult> {

    /** Checks that nothing is null. */
    public VerifyRequest {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(pipeline, "pipeline");
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
