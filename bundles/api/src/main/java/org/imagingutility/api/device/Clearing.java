package org.imagingutility.api.device;

import java.util.Optional;

/**
 * What {@link WritableDevice#clear} did.
 *
 * @param bytes how many bytes were given back, not negative
 * @param refusal why they could not be given back, in words that make sense behind the name of the target and a colon; empty
 *        if they were
 */
public record Clearing(long bytes, Optional<String> refusal) {

    /** Checks the values. */
    public Clearing {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes " + bytes + " is negative");
        }
        if (refusal.isPresent() && bytes > 0) {
            throw new IllegalArgumentException("refused, but " + bytes + " bytes were given back");
        }
    }

    /** So many bytes were given back. */
    public static Clearing done(long bytes) {
        return new Clearing(bytes, Optional.empty());
    }

    /** Nothing can be given back, because of {@code reason}. */
    public static Clearing refused(String reason) {
        return new Clearing(0, Optional.of(reason));
    }
}
