package org.imagingutility.api.repository;

import java.util.List;
import java.util.Objects;

/**
 * Whether an image is kept.
 *
 * @param reference what it is called where an image is asked for: {@code REPOSITORY#NAME@TIME-MARK}
 * @param name its name
 * @param reasons the rules that keep it, with their periods: {@code daily 20261201}; none if it goes
 */
public record RetainedImage(String reference, String name, List<String> reasons) {

    /** Copies the list. */
    public RetainedImage {
        Objects.requireNonNull(reference, "reference");
        Objects.requireNonNull(name, "name");
        reasons = List.copyOf(reasons);
    }

    /** Says whether it is kept. */
    public boolean kept() {
        return !reasons.isEmpty();
    }
}
