package org.imagingutility.serve.webdav.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Dates in headers, {@code IMF-fixdate} (RFC 9110, section 5.6.7). */
public final class HttpDates {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    /** Years have four digits there. */
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private HttpDates() {
    }

    /** Returns a date as headers have it, whole seconds; empty if headers cannot have it. */
    public static Optional<String> format(Instant instant) {
        return instant.isBefore(FIRST) || instant.isAfter(LAST) ? Optional.empty() : Optional.of(FORMAT.format(instant));
    }

    /** Returns the date of a header; empty if it is none, which is then passed over (section 13.1.3). */
    public static Optional<Instant> parse(String text) {
        try {
            return Optional.of(FORMAT.parse(text.strip(), Instant::from));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
