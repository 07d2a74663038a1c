package org.imagingutility.api.repository;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a prune did, or would do.
 *
 * @param dryRun whether nothing was done
 * @param images how many images there are, all of whose objects stay
 * @param deleted how many objects were deleted
 * @param deletedBytes bytes of the frames among them
 * @param condemned how many objects no image needs that were found now
 * @param condemnedBytes bytes of them
 * @param left how many more there are than one run takes
 * @param waiting how many were found before and wait to be deleted
 * @param next when the next of those that wait may be deleted; empty if none does
 */
public record PruneResult(boolean dryRun, long images, long deleted, long deletedBytes, long condemned, long condemnedBytes, long left,
        long waiting, Optional<Instant> next) {

    /** Checks the values. */
    public PruneResult {
        Objects.requireNonNull(next, "next");
    }
}
