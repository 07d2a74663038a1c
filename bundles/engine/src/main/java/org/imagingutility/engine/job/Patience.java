package org.imagingutility.engine.job;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.job.JobMonitor;

/**
 * Waits for a target that went away, longer and longer, up to a bound. The time counts from the last time the job got on.
 * For one thread.
 */
final class Patience {
    private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final long NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final long boundNanos;
    private final JobMonitor monitor;
    private final LongSupplier clock;
    private final LongConsumer sleep;
    private long since = -1;
    private long nextNanos = FIRST_NANOS;

    Patience(Duration bound, JobMonitor monitor) {
        this(bound, monitor, System::nanoTime, LockSupport::parkNanos);
    }

    Patience(Duration bound, JobMonitor monitor, LongSupplier clock, LongConsumer sleep) {
        this.boundNanos = bound.toNanos();
        this.monitor = monitor;
        this.clock = clock;
        this.sleep = sleep;
    }

    /** Says that the job got on since the last wait. */
    void gotOn() {
        since = -1;
        nextNanos = FIRST_NANOS;
    }

    /**
     * Waits before the next try.
     *
     * @param trouble what is waited for, shown to the user
     * @return false at once if the bound is reached
     */
    boolean waits(String trouble) throws CancelledException {
        long now = clock.getAsLong();
        if (since == -1) {
            since = now;
        }
        long left = boundNanos - (now - since);
        if (left <= 0) {
            return false;
        }
        long pause = Math.min(nextNanos, left);
        nextNanos = Math.min(LONGEST_NANOS, 2 * nextNanos);
        monitor.notice(trouble + "; trying again in " + Math.max(1, TimeUnit.NANOSECONDS.toMillis(pause)) + " ms");
        for (long until = now + pause; clock.getAsLong() - until < 0;) {
            long held = Holding.whilePaused(monitor);
            until += held;
            since += held;
            if (monitor.cancelled()) {
                throw new CancelledException("waiting for the target");
            }
            sleep.accept(Math.min(NAP_NANOS, Math.max(1, until - clock.getAsLong())));
        }
        return true;
    }
}
