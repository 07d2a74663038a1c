package org.imagingutility.api.repository;

import java.time.Instant;
import java.util.Objects;

/**
 * What a repository says of itself, and how many objects it has.
 *
 * @param reference the place it is in
 * @param version version of its format
 * @param id 32 hexadecimal digits that no other repository has
 * @param created when it was made, seconds
 * @param images how many images it has
 * @param frames how many frames are stored, those that no image has included
 * @param frameBytes bytes they are stored as
 * @param otherBytes bytes of all its other objects
 */
public record RepositoryInfo(String reference, int version, String id, Instant created, long images, long frames, long frameBytes,
        long otherBytes) {

    /** Checks that nothing is null. */
    public RepositoryInfo {
        Objects.requireNonNull(reference, "reference");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(created, "created");
    }
}
