package org.imagingutility.api.job;

import java.util.Objects;
import java.util.Optional;
import org.imagingutility.api.Digest;

/**
 * Writes a range of the device an image was made of to a raw file; free ranges are zeros.
 *
 * @param image reference of the image
 * @param target path of the file
 * @param offset first byte of device
 * @param length bytes, or -1 for all up to the end of the device
 * @param overwrite whether a file that exists may be replaced
 * @param pipeline how much is done at once
 * @param expected a digest that the image must have: its image digest, its content digest, or (of all of the device) its SHA-256; it is compared
 *        before anything is written, and with what was computed
 */
public record ExportRequest(String image, String target, long offset, long length, boolean overwrite,
        PipelineOptions pipeline, Optional<Digest> expected)
        implements JobRequest<RestoreResult> {

    /** Checks that nothing is null. */
    public ExportRequest {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(pipeline, "pipeline");
        Objects.requireNonNull(expected, "expected");
    }

    /** Creates a request that expects no certain image. */
    public ExportRequest(String image, String target, long offset, long length, boolean overwrite, PipelineOptions pipeline) {
        this(image, target, offset, length, overwrite, pipeline, Optional.empty());
    }

    @Override
    public String kind() {
        return "export";
    }

    @Override
    public String subject() {
        return image;
    }
}
