package org.imagingutility.api.repository;

import java.util.Objects;

/**
 * Prunes a repository: deletes what no image needs, a day after it was found to be so.
 *
 * @param repository reference of the place
 * @param dryRun whether it is only said what would be done
 */
public record PruneRequest(String repository, boolean dryRun) {

    /** Checks the values. */
    public PruneRequest {
        Objects.requireNonNull(repository, "repository");
    }
}
