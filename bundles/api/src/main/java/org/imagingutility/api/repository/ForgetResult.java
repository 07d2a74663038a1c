package org.imagingutility.api.repository;

import java.util.List;

/**
 * Which images were forgotten, or would be.
 *
 * @param dryRun whether nothing was done
 * @param images those that the request is about, by name and then by time
 */
public record ForgetResult(boolean dryRun, List<RetainedImage> images) {

    /** Copies the list. */
    public ForgetResult {
        images = List.copyOf(images);
    }

    /** Returns how many were forgotten. */
    public long forgotten() {
        return images.stream().filter(image -> !image.kept()).count();
    }
}
