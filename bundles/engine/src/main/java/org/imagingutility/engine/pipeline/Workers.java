package org.imagingutility.engine.pipeline;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.imagingutility.api.error.ImagingException;

/**
 * The second stage: hires workers, one for each thread, as many as are asked for and there are threads and memory for.
 * Its methods are for the thread that runs the pipeline.
 */
final class Workers<T, R> {
    private final Stages<T, R> stages;
    private final PipelineSettings settings;
    private final Memory memory;
    private final Gate gate;
    private final Handoff<Frame<T, R>> input;
    private final Handoff<Frame<T, R>> output;
    private final StageClock clock;
    private final Consumer<String> notices;
    private final AtomicInteger left = new AtomicInteger();
    private final Object hireLock = new Object();
    private int threadCount;
    private int mostThreads = Integer.MAX_VALUE;
    /** How many the user asked for while the job ran, 0 if that never was; read by the workers' threads for a message. */
    private volatile int asked;
    private int hired;
    private boolean toldOfMemory;

    /** Creates the stage without threads; {@code notices} is told by any thread. */
    Workers(Stages<T, R> stages, PipelineSettings settings, Memory memory, Gate gate, Handoff<Frame<T, R>> input,
            Handoff<Frame<T, R>> output, StageClock clock, Consumer<String> notices) {
        this.stages = stages;
        this.settings = settings;
        this.memory = memory;
        this.gate = gate;
        this.input = input;
        this.output = output;
        this.clock = clock;
        this.notices = notices;
    }

    /** Sees to it that there are threads for as many workers as the gate lets through, if they can be had. */
    void startOpen(StageThreads threads) {
        int more = Math.max(0, Math.min(gate.open(), mostThreads) - threadCount);
        left.addAndGet(more);
        for (int i = 0; i < more; i++) {
            try {
                threads.start("work", threadCount, this::loop, left, output);
                threadCount++;
            } catch (OutOfMemoryError e) {
                if (threadCount == 0) {
                    throw e;
                }
                mostThreads = threadCount;
                notices.accept("no more than " + threadCount + " workers can be had: " + e.getMessage());
                if (left.addAndGet(i - more) == 0) {
                    output.close();
                }
                return;
            }
        }
    }

    /** Returns how many workers the user wants: as asked while the job ran, or else as set before. */
    int wanted() {
        return asked > 0 ? asked : settings.workers();
    }

    /** Takes how many the user wants from now on; returns false if that is what is known, or nothing was asked. */
    boolean ask(int count) {
        if (count == asked || count == 0) {
            return false;
        }
        asked = count;
        return true;
    }

    /** Returns how many of those that are wanted there is memory for, with a frame each for those that are new. */
    int fitting() {
        int wanted = wanted();
        int there = Math.max(threadCount, settings.workers());
        long one = stages.workerMemory() + settings.contentSize() + settings.storedSize();
        int fitting = wanted;
        if (wanted > there && memory.available().isPresent()) {
            long free = Math.max(0, memory.available().getAsLong() - MemoryFit.RESERVED);
            fitting = (int) Math.min(wanted, there + free / one);
        }
        if (fitting < wanted) {
            notices.accept("memory is short: there is none for all of " + wanted + " workers; continuing with " + fitting);
        }
        return fitting;
    }

    private void loop() throws ImagingException {
        Hired<T, R> hired = hire();
        if (hired == null) {
            return;
        }
        try (Stages.Worker<T, R> worker = hired.worker()) {
            while (true) {
                gate.pass(hired.number());
                Frame<T, R> frame = input.take();
                if (frame == null) {
                    gate.release();
                    return;
                }
                long start = System.nanoTime();
                worker.work(frame);
                clock.add(System.nanoTime() - start);
                output.put(frame);
            }
        }
    }

    /** A worker with its number at the gate. Numbers leave no gap: the gate holds back the highest. */
    private record Hired<T, R>(Stages.Worker<T, R> worker, int number) {
    }

    /** Returns a worker, or null if there is no memory for one more and others do the work. */
    private Hired<T, R> hire() throws ImagingException {
        synchronized (hireLock) {
            try {
                return new Hired<>(stages.newWorker(), hired++);
            } catch (OutOfMemoryError e) {
                if (hired == 0) {
                    throw e;
                }
                if (!toldOfMemory) {
                    toldOfMemory = true;
                    notices.accept("memory is short: there is none for all of " + Math.max(asked, settings.workers())
                            + " workers; continuing with fewer");
                }
                return null;
            }
        }
    }
}
