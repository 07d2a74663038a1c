package org.imagingutility.engine.progress;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.job.JobMonitor;

/**
 * Waits between attempts to reach a target that went away, twice as long each time, up to a bound. The time counts from the
 * last time the job made progress.
 * For one thread.
 */
public final class RetryBackoff {
    private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final long NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final long boundNanos;
    private final JobMonitor monitor;
    private final LongSupplier clock;
    private final LongConsumer sleep;
    private long since = -1;
    private long nextNanos = FIRST_NANOS;

    /** Creates a wait that gives up when the job has made no progress for {@code bound}. */
    public RetryBackoff(Duration bound, JobMonitor monitor) {
        this(bound, monitor, System::nanoTime, LockSupport::parkNanos);
    }

    RetryBackoff(Duration bound, JobMonitor monitor, LongSupplier clock, LongConsumer sleep) {
        this.boundNanos = bound.toNanos();
        this.monitor = monitor;
        this.clock = clock;
        this.sleep = sleep;
    }

    /** Says that the job made progress since the last wait. */
    public void madeProgress() {
        since = -1;
        nextNanos = FIRST_NANOS;
    }

    /**
     * Waits before the next try.
     *
     * @param trouble what is waited for, shown to the user
     * @return false at once if the bound is reached
     */
    public boolean awaitRetry(String trouble) throws CancelledException {
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
            long held = PausePoint.whilePaused(monitor);
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
