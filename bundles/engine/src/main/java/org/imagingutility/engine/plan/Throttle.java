package org.imagingutility.engine.plan;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Bounds a rate of bytes; all threads that share it together stay below the bound. */
public final class Throttle {
    private static final long LONGEST_PARK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long bytesPerSecond;
    private long paidUntilNanos;
    private boolean started;
    private volatile boolean released;

    /** Creates a bound of {@code bytesPerSecond}, 0 for none. */
    public Throttle(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    /** Waits until {@code bytes} more may flow. */
    public void take(long bytes) {
        if (bytesPerSecond == 0) {
            return;
        }
        long until = reserve(bytes);
        for (long left = until - System.nanoTime(); left > 0 && !released; left = until - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(left, LONGEST_PARK_NANOS));
        }
    }

    /** Lets everything flow from now on: the job is ending and nobody may be kept waiting. */
    public void release() {
        released = true;
    }

    private synchronized long reserve(long bytes) {
        long now = System.nanoTime();
        if (!started || paidUntilNanos - now < 0) {
            started = true;
            paidUntilNanos = now;
        }
        paidUntilNanos += (long) (bytes * NANOS_PER_SECOND / bytesPerSecond);
        return paidUntilNanos;
    }
}
