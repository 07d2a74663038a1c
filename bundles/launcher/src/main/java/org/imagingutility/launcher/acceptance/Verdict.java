package org.imagingutility.launcher.acceptance;

import java.time.Instant;
import java.util.Objects;

/**
 * What was found out about a jar.
 *
 * @param accepted whether it may be started
 * @param reason why not; empty if it may
 * @param until when an accepted jar must be looked at again, because a certificate expires
 */
record Verdict(boolean accepted, String reason, Instant until) {
    Verdict {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(until, "until");
    }

    static Verdict accepted(Instant until) {
        return new Verdict(true, "", until);
    }

    static Verdict refused(String reason) {
        return new Verdict(false, reason, Instant.MIN);
    }
}
