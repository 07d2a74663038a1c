package org.imagingutility.engine.repository.prune;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** Weeks as ISO 8601 counts them: from Monday on. */
final class Weeks {
    private Weeks() {
    }

    /** Returns the week of a time as in the key of a manifest: {@code 2026w49}. A day that no calendar has is a week of its own. */
    static String of(String time) {
        try {
            LocalDate day = LocalDate.parse(time.substring(0, 8), DateTimeFormatter.BASIC_ISO_DATE);
            return String.format(Locale.ROOT, "%04dw%02d", day.get(IsoFields.WEEK_BASED_YEAR), day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
        } catch (DateTimeException e) {
            return time.substring(0, 8);
        }
    }
}
