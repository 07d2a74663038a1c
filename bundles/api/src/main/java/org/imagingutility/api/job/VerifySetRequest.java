package org.imagingutility.api.job;

import java.util.Objects;

/**
 * Verifies a backup set: the manifest and everything it names.
 *
 * @param folder folder of the set
 * @param quick whether only a sample of the images' frames is checked, and no SHA-256 of a whole image file
 * @param pipeline how much is done at once
 */
public record VerifySetRequest(String folder, boolean quick, PipelineOptions pipeline)
        implements JobRequest<VerifySetResult> {

    /** Checks that nothing is null. */
    public VerifySetRequest {
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(pipeline, "pipeline");
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
