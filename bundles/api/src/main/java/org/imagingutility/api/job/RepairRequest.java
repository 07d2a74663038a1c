package org.imagingutility.api.job;

import java.util.Objects;
import java.util.Optional;

/**
 * Looks at an image and repairs it. Without target and not in place nothing is written.
 *
 * @param image reference of the image; may be an unfinished one
 * @param target reference of the new image to write from what is left; empty for none
 * @param overwrite whether an image that stands there may be replaced
 * @param inPlace whether the damaged structures of the image itself are rewritten
 * @param pipeline how much is done at once
 */
public record RepairRequest(String image, Optional<String> target, boolean overwrite, boolean inPlace,
        PipelineOptions pipeline)
        implements JobRequest<RepairResult> {

    /** Checks that nothing is null and that not both ways are asked for. */
    public RepairRequest {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(pipeline, "pipeline");
        if (target.isPresent() && inPlace) {
            throw new IllegalArgumentException("an image is repaired either in place or into a new one");
        }
        if (overwrite && target.isEmpty()) {
            throw new IllegalArgumentException("there is no new image that could replace one");
        }
    }

    @Override
    public String kind() {
        return "repair";
    }

    @Override
    public String subject() {
        return image;
    }
}
