package org.imagingutility.engine.source;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting that ends when the job is stopped. */
final class CancellableSleep {
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private CancellableSleep() {
    }

    static void sleep(long millis, BooleanSupplier stopped) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = end - System.nanoTime(); left > 0 && !stopped.getAsBoolean(); left = end - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(left, SLICE_NANOS));
        }
    }
}
