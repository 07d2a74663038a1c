package org.imagingutility.api.repository;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Forgets images of a repository: they are no images any more. What they alone needed is deleted by a prune.
 *
 * @param repository reference of the place
 * @param images with a policy, names of images, none for all; without, images that go: {@code NAME@TIME}
 * @param policy what is kept
 * @param dryRun whether it is only said what would be done
 */
public record ForgetRequest(String repository, List<String> images, Optional<RetentionPolicy> policy, boolean dryRun) {

    /** Checks the values. */
    public ForgetRequest {
        Objects.requireNonNull(repository, "repository");
        Objects.requireNonNull(policy, "policy");
        images = List.copyOf(images);
        if (policy.isEmpty() && images.isEmpty()) {
            throw new IllegalArgumentException("neither what is kept nor what goes");
        }
    }
}
