package org.imagingutility.api.files;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;

/**
 * A time that a file system keeps.
 *
 * @param instant the time; where {@code local}, what a clock on the wall showed, as if it stood in UTC
 * @param resolution the steps in which the file system keeps it, positive: 2 seconds, a day, 100 nanoseconds
 * @param local whether the file system keeps the local time of wherever the file was written, and not where that was
 */
public record FileTimestamp(Instant instant, Duration resolution, boolean local) {
    /** Checks the values. */
    public FileTimestamp {
        Objects.requireNonNull(instant, "instant");
        if (resolution.isZero() || resolution.isNegative()) {
            throw new IllegalArgumentException("resolution " + resolution + " is not positive");
        }
    }

    /** Returns the instant, with local times as those of {@code zone}. */
    public Instant in(ZoneId zone) {
        return local ? instant.atOffset(ZoneOffset.UTC).toLocalDateTime().atZone(zone).toInstant() : instant;
    }
}
