package org.imagingutility.api.repository;

import java.util.Objects;

/**
 * Checks a repository: that all tables and frames of all images are there, with the right lengths.
 *
 * @param repository reference of the place
 * @param share the share of the frames, 0 to 1, that are also read, decompressed and compared with their digests; which ones they are
 *        is another choice each time
 * @param mark whether frames that are damaged or missing are noted in the repository, so that whoever has their content stores them anew, and
 *        notes of frames that are whole again are taken away
 * @param parallel how many frames are looked at at once, 1 to 256; 0 for one for each processor
 */
public record RepositoryCheckRequest(String repository, double share, boolean mark, int parallel) {

    /** Checks the values. */
    public RepositoryCheckRequest {
        Objects.requireNonNull(repository, "repository");
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("the share of the frames to read, " + share + ", is not 0 to 1");
        }
        if (parallel < 0 || parallel > 256) {
            throw new IllegalArgumentException("parallel " + parallel + " is not in 0..256");
        }
    }

    /** Changes nothing in the repository. */
    public RepositoryCheckRequest(String repository, double share) {
        this(repository, share, false, 0);
    }
}
