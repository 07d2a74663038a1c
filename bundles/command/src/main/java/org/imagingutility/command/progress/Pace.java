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
        long nanos = nanoClock.getAsLong();
        String now = activity(progress);
        boolean fresh = !now.equals(activity);
        boolean end = progress.doneBytes() >= progress.totalBytes();
        if (!fresh && (ended || !end && nanos - lastNanos < intervalNanos)) {
            return false;
        }
        activity = now;
        ended = end;
        lastNanos = nanos;
        return true;
    }

    /** Returns the activity without how far a part of it is: {@code Checking} of {@code Checking (37%)}. */
    private static String activity(Progress progress) {
        int part = progress.activity().indexOf(" (");
        return part < 0 ? progress.activity() : progress.activity().substring(0, part);
    }
}
