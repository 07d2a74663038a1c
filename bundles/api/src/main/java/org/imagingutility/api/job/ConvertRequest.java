package org.imagingutility.api.job;

import java.util.Objects;
import org.imagingutility.api.job.ImageRequest.Layout;

/**
 * Rewrites an image of any format that can be read as a new one: with the same content, allocation, unreadable ranges, facts
 * and time.
 *
 * @param image reference of the image that is read
 * @param target reference of the image to make
 * @param overwrite whether an image that stands there may be replaced
 * @param writeThrough whether each write goes to stable storage at once
 * @param verify whether the finished image is read back and verified in full
 * @param layout how the new image is divided and compressed; what is left open is the default for a new image, but the frame
 *        size is kept where both are of the same format, so that the content digest stays the same
 * @param pipeline how much is done at once
 */
public record ConvertRequest(String image, String target, boolean overwrite, boolean writeThrough, boolean verify,
        Layout layout, PipelineOptions pipeline)
        implements JobRequest<ConvertResult> {

    /** Checks that nothing is null. */
    public ConvertRequest {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(layout, "layout");
        Objects.requireNonNull(pipeline, "pipeline");
    }

    @Override
    public String kind() {
        return "convert";
    }

    @Override
    public String subject() {
        return image;
    }
}
