package org.imagingutility.itests.allocations;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the allocations of the program's own code, which {@link AllocationAgent} has call this, and lets one of them fail. */
public final class Allocations {
    private static final AtomicLong COUNT = new AtomicLong();
    private static volatile long failing;
    private static volatile OutOfMemoryError thrown;

    private Allocations() {
    }

    /** Called in front of each allocation. */
    public static void next() {
        long wanted = failing;
        if (wanted > 0 && COUNT.incrementAndGet() == wanted) {
            OutOfMemoryError error = new OutOfMemoryError("injected");
            thrown = error;
            throw error;
        }
    }

    /** Lets the allocation with this number fail, from 1 on, counted from now. */
    static void arm(long number) {
        thrown = null;
        COUNT.set(0);
        failing = number;
    }

    /** Lets nothing fail any more; returns what was thrown, if the jobs came that far. */
    static Optional<OutOfMemoryError> disarm() {
        failing = 0;
        return Optional.ofNullable(thrown);
    }
}
