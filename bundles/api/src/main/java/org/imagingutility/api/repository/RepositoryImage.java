package org.imagingutility.api.repository;

import java.util.Objects;
import java.util.Optional;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.container.ImageLabels;

/**
 * An image in a repository.
 *
 * @param reference what it is called where an image is asked for: {@code REPOSITORY#NAME@TIME-MARK}
 * @param name its name
 * @param info what it says of itself; empty if it cannot be read
 * @param problem why it cannot be read; empty if it can
 */
public record RepositoryImage(String reference, String name, Optional<ImageInfo> info, String problem) {

    /** Checks that nothing is null. */
    public RepositoryImage {
        Objects.requireNonNull(reference, "reference");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(info, "info");
        Objects.requireNonNull(problem, "problem");
    }

    /** Returns the machine it was made on and its tags; none if it cannot be read. */
    public ImageLabels labels() {
        return info.map(known -> ImageLabels.of(known.spec().metadata())).orElse(ImageLabels.NONE);
    }
}
