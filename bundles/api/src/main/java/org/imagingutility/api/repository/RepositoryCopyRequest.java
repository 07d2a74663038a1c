package org.imagingutility.api.repository;

import java.util.List;
import java.util.Objects;

/**
 * Copies images from one repository into another, frames as they are stored. What is there is not sent, so that a copy that was interrupted is
 * simply made again.
 *
 * @param from reference of the repository that is read
 * @param to reference of the one that is written to; it must be there
 * @param images which images: {@code NAME} for all of a name, {@code NAME@TIME} for one, either with {@code from} and {@code #} before it;
 *        none for all there are
 * @param parallel how many frames are looked up, read and stored at once, 1 to 256; 0 for one for each processor
 */
public record RepositoryCopyRequest(String from, String to, List<String> images, int parallel) {

    /** Checks the values. */
    public RepositoryCopyRequest {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        images = List.copyOf(images);
        if (parallel < 0 || parallel > 256) {
            throw new IllegalArgumentException("parallel " + parallel + " is not in 0..256");
        }
    }
}
