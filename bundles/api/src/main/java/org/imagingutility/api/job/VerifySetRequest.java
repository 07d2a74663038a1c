package org.imagingutility.api.job;

import java.util.Objects;
import java.util.Optional;
import org.imagingutility.api.Digest;

/**
 * Verifies a backup set: the manifest and everything it names.
 *
 * @param folder folder of the set
 * @param quick whether only a sample of the images' frames is checked, and no SHA-256 of a whole image file
 * @param pipeline how much is done at once
 * @param expected the set digest that the set must have: SHA-256 of its manifest, which names the digests of all else
 */
public record VerifySetRequest(String folder, boolean quick, PipelineOptions pipeline, Optional<Digest> expected)
        implements JobRequest<VerifySetResult> {

    /** Checks that nothing is null. */
    public VerifySetRequest {
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(pipeline, "pipeline");
        Objects.requireNonNull(expected, "expected");
    }

    /** Creates a request that expects no certain set. */
    public VerifySetRequest(String folder, boolean quick, PipelineOptions pipeline) {
        this(folder, quick, pipeline, Optional.empty());
    }

    @Override
    public String kind() {
        return "verify-set";
    }

    @Override
    public String subject() {
        return folder;
    }
}
