package org.imagingutility.engine.pipeline;

import java.util.concurrent.atomic.LongAdder;

/** How long the threads of one stage were busy, all together. */
final class StageClock {
    private final LongAdder busyNanos = new LongAdder();

    void add(long nanos) {
        busyNanos.add(nanos);
    }

    long busyNanos() {
        return busyNanos.sum();
    }
}
