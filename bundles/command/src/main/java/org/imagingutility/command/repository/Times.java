package org.imagingutility.command.repository;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.imagingutility.api.error.UsageException;

/** Points in time as users give them: a day of UTC, or a time of RFC 3339. */
final class Times {
    private static final int LAST_YEAR = 9999;

    private Times() {
    }

    /** Returns the begin of what option {@code option} was given; empty if it was not. */
    static Optional<Instant> begin(String option, String text) throws UsageException {
        return text == null ? Optional.empty() : Optional.of(parsed(option, text, 0));
    }

    /** Returns the end of what option {@code option} was given: of the day, or of the second; empty if it was not. */
    static Optional<Instant> end(String option, String text) throws UsageException {
        return text == null ? Optional.empty() : Optional.of(parsed(option, text, 1));
    }

    private static Instant parsed(String option, String text, int later) throws UsageException {
        try {
            Instant time = text.length() == "2026-11-30".length()
                    ? LocalDate.parse(text).plusDays(later).atStartOfDay(ZoneOffset.UTC).toInstant() : Instant.parse(text).plusSeconds(later);
            int year = time.atOffset(ZoneOffset.UTC).getYear();
            if (year >= 0 && year <= LAST_YEAR) {
                return time;
            }
        } catch (DateTimeException e) {
            // said below, as for a time that no image can have
            throw none(option, text);
        }
        throw none(option, text);
    }

    private static UsageException none(String option, String text) {
        return new UsageException(option + " \"" + text + "\" is no time", "a day (2026-11-30) or a time (2026-11-30T18:00:00Z)");
    }
}
