package org.imagingutility.api.job;

import java.util.Objects;
import java.util.Optional;
import org.imagingutility.api.Digest;

/**
 * Writes an image back to a device or a new raw file.
 *
 * @param image reference of the image
 * @param target reference of the device or file
 * @param zeroFree whether what is not in use reads as zeros afterwards; otherwise it stays as it is
 * @param discard whether what is not in use is given back to what the target lies on (discard, holes), where that can be done;
 *        unless {@code zeroFree} is asked for as well, it then reads as anything
 * @param overwrite whether a device or file that exists may be written to
 * @param verify whether what was written is read back and compared
 * @param pipeline how much is done at once
 * @param expected a digest that the image must have: its image digest, its content digest, or the SHA-256 of the whole device; it is compared
 *        before anything is written, and with what was computed
 */
public record RestoreRequest(String image, String target, boolean zeroFree, boolean discard, boolean overwrite,
        boolean verify, PipelineOptions pipeline, Optional<Digest> expected)
        implements JobRequest<RestoreResult> {

    /** Checks that nothing is null. */
    public RestoreRequest {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(pipeline, "pipeline");
        Objects.requireNonNull(expected, "expected");
    }

    /** Creates a request that expects no certain image. */
    public RestoreRequest(String image, String target, boolean zeroFree, boolean discard, boolean overwrite, boolean verify,
            PipelineOptions pipeline) {
        this(image, target, zeroFree, discard, overwrite, verify, pipeline, Optional.empty());
    }

    /** Creates a request that gives nothing back. */
    public RestoreRequest(String image, String target, boolean zeroFree, boolean overwrite, boolean verify,
            PipelineOptions pipeline) {
        this(image, target, zeroFree, false, overwrite, verify, pipeline);
    }

    @Override
    public String kind() {
        return "restore";
    }

    @Override
    public String subject() {
        return image;
    }
}
