package org.imagingutility.engine.pipeline;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.imagingutility.api.error.ImagingException;

/**
 * The first stage: takes frames out of the pool, draws a task for each and reads. Held, it draws nothing more. Its
 * methods are for the thread that runs the pipeline.
 */
final class Readers<T, R> {
    private final Stages<T, R> stages;
    private final FramePool<T, R> pool;
    private final Gate gate;
    private final Handoff<Frame<T, R>> output;
    private final StageClock clock;
    private final Failure failure;
    /** Tasks that were drawn, and those that are about to be. */
    private final AtomicLong drawn = new AtomicLong();
    private final Object sourceLock = new Object();
    private long nextSequence;

    Readers(Stages<T, R> stages, FramePool<T, R> pool, Gate gate, Handoff<Frame<T, R>> output, StageClock clock,
            Failure failure) {
        this.stages = stages;
        this.pool = pool;
        this.gate = gate;
        this.output = output;
        this.clock = clock;
        this.failure = failure;
    }

    /** Starts so many threads; the gate lets some of them work. */
    void start(StageThreads threads, int count) {
        AtomicInteger left = new AtomicInteger(count);
        for (int i = 0; i < count; i++) {
            int number = i;
            threads.start("read", number, () -> loop(number), left, output);
        }
    }

    /** Holds all back, or lets them draw again. */
    void block(boolean all) {
        if (all || gate.isHeld()) {
            gate.block(all);
        }
    }

    /** Says whether there is nothing under way, {@code written} being what came out at the end; held, it stays so. */
    boolean idle(long written) {
        return drawn.get() == written;
    }

    private void loop(int number) throws ImagingException {
        while (true) {
            gate.pass(number);
            Frame<T, R> frame = pool.take();
            if (frame == null) {
                return;
            }
            Drawn next = begin(frame);
            while (next == Drawn.HELD) {
                gate.pass(number);
                next = begin(frame);
            }
            if (next == Drawn.NONE) {
                pool.giveBack(frame);
                gate.release();
                return;
            }
            long start = System.nanoTime();
            stages.read(frame);
            clock.add(System.nanoTime() - start);
            output.put(frame);
        }
    }

    /** What came of drawing a task. */
    private enum Drawn { TASK, NONE, HELD }

    private Drawn begin(Frame<T, R> frame) throws ImagingException {
        synchronized (sourceLock) {
            // counted before the gate is looked at: who closed it and then finds nothing drawn knows that nothing will be
            drawn.incrementAndGet();
            T task = null;
            try {
                if (failure.happened()) {
                    return Drawn.NONE;
                }
                if (gate.isHeld()) {
                    return Drawn.HELD;
                }
                task = stages.next();
                if (task == null) {
                    return Drawn.NONE;
                }
            } finally {
                if (task == null) {
                    drawn.decrementAndGet();
                }
            }
            frame.begin(nextSequence++, task);
            return Drawn.TASK;
        }
    }
}
