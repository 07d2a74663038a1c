package org.imagingutility.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.JobStatistics;

/** A pipeline whose workers wait rather than work, so that as many as may do work at once. */
final class PipelineTrial implements Stages<Long, Long>, FramePipeline.Monitor {
    /** Bytes of content and of stored bytes of each frame. */
    static final int FRAME = 64 << 10;

    final AtomicInteger working = new AtomicInteger();
    final AtomicLong read = new AtomicLong();
    final AtomicLong written = new AtomicLong();
    final long startNanos = System.nanoTime();
    /** What the pipeline asks for, and the test sets. */
    volatile boolean cancelled;
    volatile boolean paused;
    volatile int workers;
    /** What the pipeline told. */
    volatile boolean holding;
    volatile long heldNanos;
    volatile boolean inOrder = true;
    volatile JobStatistics statistics;
    private final long count;
    private final Thread thread;
    private long next;
    private volatile Throwable failure;

    /** Starts a pipeline of {@code count} frames. */
    PipelineTrial(SharedResources resources, PipelineSettings settings, long count) {
        this.count = count;
        thread = new Thread(() -> {
            try {
                statistics = new FramePipeline<>(resources, "trial", this, settings, this).run();
            } catch (ImagingException | RuntimeException | Error e) {
                failure = e;
            }
        });
        thread.start();
    }

    /** Returns how many worked at once in the last moments. */
    int mostWorking() {
        int most = 0;
        for (int i = 0; i < 60; i++) {
            most = Math.max(most, working.get());
            LockSupport.parkNanos(1_000_000);
        }
        return most;
    }

    /** Waits for the end, which is an error only if the test cancelled. */
    void end() throws InterruptedException {
        thread.join();
        if (cancelled) {
            assertThat(failure).isInstanceOf(CancelledException.class);
        } else {
            assertThat(failure).isNull();
        }
    }

    @Override
    public Long next() {
        return next == count ? null : next++;
    }

    @Override
    public void read(Frame<Long, Long> frame) {
        assertThat(frame.content().remaining()).isEqualTo(FRAME);
        frame.content().putLong(0, frame.task());
        read.incrementAndGet();
    }

    @Override
    public Worker<Long, Long> newWorker() {
        return new Worker<>() {
            @Override
            public void work(Frame<Long, Long> frame) {
                working.incrementAndGet();
                LockSupport.parkNanos(3_000_000);
                frame.result(frame.content().getLong(0));
                working.decrementAndGet();
            }

            @Override
            public void close() {
            }
        };
    }

    @Override
    public void write(Frame<Long, Long> frame) {
        inOrder &= frame.result() == written.getAndIncrement();
    }

    @Override
    public void tick() {
    }

    @Override
    public boolean cancelled() {
        return cancelled;
    }

    @Override
    public boolean paused() {
        return paused;
    }

    @Override
    public void onPause() {
        holding = true;
    }

    @Override
    public void onResume(long nanos) {
        holding = false;
        heldNanos += nanos;
    }

    @Override
    public int workers() {
        return workers;
    }

    @Override
    public void notice(String line) {
        throw new AssertionError(line);
    }

    /** Waits until something is so, a minute at most. */
    static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
            LockSupport.parkNanos(2_000_000);
        }
    }
}
