package org.imagingutility.command.progress;

import java.util.function.LongSupplier;
import org.imagingutility.api.job.Progress;

/** Thins out progress: a new activity and the end of one always pass, else one in each interval. */
final class Pace {
    private final LongSupplier nanoClock;
    private final long intervalNanos;
    private String activity = "";
    private boolean ended;
    private long lastNanos;

    Pace(LongSupplier nanoClock, long intervalNanos) {
        this.nanoClock = nanoClock;
        this.intervalNanos = intervalNanos;
    }

    boolean passes(Progress progress) {
        long now = nanoClock.getAsLong();
        boolean fresh = !progress.activity().equals(activity);
        boolean end = progress.doneBytes() >= progress.totalBytes();
        if (!fresh && (ended || !end && now - lastNanos < intervalNanos)) {
            return false;
        }
        activity = progress.activity();
        ended = end;
        lastNanos = now;
        return true;
    }
}
