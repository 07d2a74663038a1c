package org.imagingutility.engine.write;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.imagingutility.api.error.UsageException;

/** The time that is written into images: now, or {@code SOURCE_DATE_EPOCH} (seconds) for reproducible ones. */
public final class Timestamps {
    private static final String VARIABLE = "SOURCE_DATE_EPOCH";

    private Timestamps() {
    }

    /** Returns the time. */
    public static Instant now() throws UsageException {
        return of(System.getenv(VARIABLE), Instant.now());
    }

    /** Returns the time, or {@code begin} if the clock was put back since. */
    public static Instant notBefore(Instant begin) throws UsageException {
        Instant now = now();
        return now.isBefore(begin) ? begin : now;
    }

    static Instant of(String sourceDateEpoch, Instant now) throws UsageException {
        if (sourceDateEpoch == null || sourceDateEpoch.isBlank()) {
            return now.truncatedTo(ChronoUnit.SECONDS);
        }
        try {
            return Instant.ofEpochSecond(Long.parseLong(sourceDateEpoch.strip()));
        } catch (NumberFormatException | DateTimeException e) {
            throw new UsageException("the environment variable " + VARIABLE + " is \"" + sourceDateEpoch
                    + "\", not a number of seconds since 1970", "correct it or unset it");
        }
    }
}
