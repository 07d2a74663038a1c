package org.imagingutility.api.repository;

import java.util.Objects;

/**
 * Something that an image in a repository lacks.
 *
 * @param image reference of the first image it was found in
 * @param object key of the object
 * @param reason what is wrong
 */
public record RepositoryDamage(String image, String object, String reason) {

    /** Checks that nothing is null. */
    public RepositoryDamage {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(object, "object");
        Objects.requireNonNull(reason, "reason");
    }
}
