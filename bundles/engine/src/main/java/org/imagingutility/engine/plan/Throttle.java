package org.imagingutility.engine.plan;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Bounds a rate of bytes; all threads that share it together stay below the bound. */
public final class Throttle {
    /** No bound. */
    public static final Throttle NONE = new Throttle(0);
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long bytesPerSecond;
    private long paidUntilNanos;
    private boolean started;

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
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
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
