package org.imagingutility.serve.webdav.http;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** What a request for a file depends on (RFC 9110, section 13): all of it for GET and HEAD. */
public final class Conditions {
    private Conditions() {
    }

    /** What comes of the conditions of a request. */
    public enum Outcome {
        /** It is answered as if there were none. */
        GO_ON,
        /** The client has it already: 304. */
        NOT_MODIFIED,
        /** What the client wants is not there: 412. */
        FAILED
    }

    /** Evaluates the conditions in the order of section 13.2.2. */
    public static Outcome of(Exchange exchange, String etag, Optional<Instant> modified) {
        Optional<Instant> seconds = modified.map(time -> time.truncatedTo(ChronoUnit.SECONDS));
        Optional<String> match = exchange.header("If-Match");
        if (match.isPresent()) {
            if (!names(match.get(), etag, false)) {
                return Outcome.FAILED;
            }
        } else if (isAfter(seconds, exchange.header("If-Unmodified-Since"))) {
            return Outcome.FAILED;
        }
        Optional<String> noneMatch = exchange.header("If-None-Match");
        if (noneMatch.isPresent()) {
            return names(noneMatch.get(), etag, true) ? Outcome.NOT_MODIFIED : Outcome.GO_ON;
        }
        Optional<Instant> since = exchange.header("If-Modified-Since").flatMap(HttpDates::parse);
        return since.isPresent() && seconds.isPresent() && !seconds.get().isAfter(since.get()) ? Outcome.NOT_MODIFIED : Outcome.GO_ON;
    }

    private static boolean isAfter(Optional<Instant> modified, Optional<String> header) {
        Optional<Instant> date = header.flatMap(HttpDates::parse);
        return date.isPresent() && modified.isPresent() && modified.get().isAfter(date.get());
    }

    /** Says whether the range of a request is wanted although there is an If-Range (section 13.1.5): it must be the same file, for sure. */
    public static boolean wantsRange(Exchange exchange, String etag) {
        // a date is no strong validator here: a file system may keep times in steps of two seconds
        return exchange.header("If-Range").map(text -> text.strip().equals(etag)).orElse(true);
    }

    /** Says whether a list of entity tags names one; {@code weakly} compares without the W/ (section 8.8.3.2). */
    private static boolean names(String list, String etag, boolean weakly) {
        for (String each : list.split(",")) {
            String tag = each.strip();
            if (tag.equals("*") || tag.equals(etag) || weakly && tag.equals("W/" + etag)) {
                return true;
            }
        }
        return false;
    }
}
