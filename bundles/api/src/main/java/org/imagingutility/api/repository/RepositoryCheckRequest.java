package org.imagingutility.api.repository;

import java.util.Objects;

/**
 * Checks a repository: that all tables and frames of all images are there, with the right lengths.
 *
 * @param repository reference of the place
 * @param share the share of the frames, 0 to 1, that are also read, decompressed and compared with their digests; which ones they are
 *        is another choice each time
 */
public record RepositoryCheckRequest(String repository, double share) {

    /** Checks the values. */
    public RepositoryCheckRequest {
        Objects.requireNonNull(repository, "repository");
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("the share of the frames to read, " + share + ", is not 0 to 1");
        }
    }
}
