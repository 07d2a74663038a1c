package org.imagingutility.api.repository;

import java.util.List;

/**
 * What a copy between repositories did.
 *
 * @param copied images that are new in the other repository
 * @param there images that it had, and whose frames are all there now
 * @param frames frames that these images have; one that several tables list counts for each table that was gone through
 * @param framesSent how many of them were not there
 * @param bytesSent stored bytes of those
 * @param failures the images that could not be copied, each with the reason; what was sent of them stays
 */
public record RepositoryCopyResult(long copied, long there, long frames, long framesSent, long bytesSent, List<RepositoryDamage> failures) {

    /** Copies the list. */
    public RepositoryCopyResult {
        failures = List.copyOf(failures);
    }

    /** Says whether all that was asked for is in the other repository. */
    public boolean isComplete() {
        return failures.isEmpty();
    }
}
