package org.imagingutility.engine.files.target;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * What the system is like that files are written to.
 *
 * @param names which names it takes
 * @param caseSensitive whether names that differ in case only are different ones
 * @param posix whether files have owners and permissions
 * @param attributes whether extended attributes can be set
 * @param ownersKept whether this process may give files away
 * @param hardLinks whether a file can have several names
 * @param timeError by how much a time that was set may be another one when it is read
 */
public record TargetTraits(Names names, boolean caseSensitive, boolean posix, boolean attributes, boolean ownersKept, boolean hardLinks,
        Duration timeError) {
    /** A time of which no coarser step than a nanosecond keeps all. */
    public static final Instant FINE = Instant.ofEpochSecond(1_600_000_001, 987_654_321);

    /** Which names a system takes. */
    public enum Names {
        /** Bytes without a slash and a zero, at most 255 of them. */
        BYTES,
        /** The same, but characters that are encoded as UTF-8. */
        UTF8,
        /** What Windows takes: "Naming Files, Paths, and Namespaces" of its documentation. */
        WINDOWS
    }

    /** Checks that nothing is null. */
    public TargetTraits {
        Objects.requireNonNull(names, "names");
        Objects.requireNonNull(timeError, "timeError");
    }

    /** Returns the error of times where {@link #FINE} was set and {@code kept} is read. */
    public static Duration timeError(Instant kept) {
        Duration lost = Duration.between(kept, FINE).abs();
        if (lost.isZero()) {
            return lost;
        }
        return lost.compareTo(Duration.ofNanos(1000)) < 0 ? Duration.ofNanos(1000) : lost.compareTo(Duration.ofSeconds(1)) < 0
                ? Duration.ofSeconds(1) : Duration.ofSeconds(2);
    }
}
