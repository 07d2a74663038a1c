package org.imagingutility.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.job.JobStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FramePipelineTest {
    private static final int COUNT = 2000;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 16})
    void writesEveryFrameOnceInOrderWhateverTheNumberOfWorkers(int workers) throws ImagingException {
        Counting stages = new Counting();
        JobStatistics statistics = new FramePipeline<>("test", stages, settings(workers), new Silent()).run();
        assertThat(stages.written).isEqualTo(IntStream.range(0, COUNT).boxed().toList());
        assertThat(statistics.frames()).isEqualTo(COUNT);
        assertThat(statistics.bottleneck()).isPresent();
        assertThat(statistics.bottleneckShare()).isBetween(0.0, 1.0);
    }

    @Test
    void neverUsesMoreFramesThanItWasGiven() throws ImagingException {
        Counting stages = new Counting();
        new FramePipeline<>("test", stages, settings(4), new Silent()).run();
        assertThat(stages.frames).hasSizeLessThanOrEqualTo(settings(4).frameCount());
    }

    @Test
    void anErrorOfAnyStageEndsTheRunWithThatErrorAndAllThreadsStopped() {
        for (String stage : List.of("next", "read", "newWorker", "work", "write")) {
            Counting stages = new Counting();
            stages.failing = stage;
            assertThatThrownBy(() -> new FramePipeline<>("failing-" + stage, stages, settings(3), new Silent()).run())
                    .isInstanceOf(DeviceException.class).hasMessageContaining(stage);
            assertThat(Thread.getAllStackTraces().keySet()).as(stage)
                    .noneMatch(thread -> thread.getName().startsWith("failing-" + stage));
        }
    }

    @Test
    void unexpectedErrorsAreNotSwallowed() {
        Counting stages = new Counting();
        stages.bug = true;
        assertThatThrownBy(() -> new FramePipeline<>("test", stages, settings(2), new Silent()).run())
                .isInstanceOf(IllegalStateException.class).hasMessage("bug");
    }

    @Test
    void stopsWhenCancelled() {
        Counting stages = new Counting();
        Silent pulse = new Silent();
        pulse.cancelAfter = 10;
        assertThatThrownBy(() -> new FramePipeline<>("test", stages, settings(2), pulse).run())
                .isInstanceOf(CancelledException.class);
        assertThat(stages.written).hasSizeLessThan(COUNT);
    }

    @Test
    void anEmptySourceIsNoError() throws ImagingException {
        Counting stages = new Counting();
        stages.next = COUNT;
        JobStatistics statistics = new FramePipeline<>("test", stages, settings(2), new Silent()).run();
        assertThat(statistics.frames()).isZero();
        assertThat(statistics.bottleneck()).isEmpty();
    }

    @Test
    void asksForReadersOneAfterAnotherWhenReadingIsSlow() throws ImagingException {
        Counting stages = new Counting();
        stages.slowReads = true;
        new FramePipeline<>("test", stages, new PipelineSettings(3, 2, 8, 8, 8, true), new Silent()).run();
        assertThat(stages.readerThreads).hasSizeGreaterThan(1);
        assertThat(stages.written).isEqualTo(IntStream.range(0, COUNT).boxed().toList());
    }

    private static PipelineSettings settings(int workers) {
        return new PipelineSettings(2, workers, workers + 3, 8, 8, true);
    }

    private static final class Silent implements FramePipeline.Pulse {
        private int cancelAfter = Integer.MAX_VALUE;
        private int asked;

        @Override
        public void beat() {
            // nobody watches
        }

        @Override
        public boolean cancelled() {
            return ++asked > cancelAfter;
        }
    }

    private static final class Counting implements Stages<Integer, Integer> {
        private final List<Integer> written = new ArrayList<>();
        private final Set<Frame<Integer, Integer>> frames = ConcurrentHashMap.newKeySet();
        private final Set<String> readerThreads = ConcurrentHashMap.newKeySet();
        private final AtomicInteger worked = new AtomicInteger();
        private String failing = "";
        private boolean bug;
        private boolean slowReads;
        private int next;

        private void mayFail(String stage) throws DeviceException {
            if (failing.equals(stage)) {
                throw new DeviceException("d", 1, stage, null, null);
            }
        }

        @Override
        public Integer next() throws ImagingException {
            if (next == COUNT / 2) {
                mayFail("next");
            }
            return next == COUNT ? null : Integer.valueOf(next++);
        }

        @Override
        public void read(Frame<Integer, Integer> frame) throws ImagingException {
            readerThreads.add(Thread.currentThread().getName());
            mayFail("read");
            frames.add(frame);
            frame.content().putInt(0, frame.task());
            if (slowReads) {
                LockSupport.parkNanos(500_000);
            }
        }

        @Override
        public Worker<Integer, Integer> newWorker() throws ImagingException {
            mayFail("newWorker");
            return new Worker<>() {
                @Override
                public void work(Frame<Integer, Integer> frame) throws ImagingException {
                    mayFail("work");
                    if (bug && worked.incrementAndGet() > 20) {
                        throw new IllegalStateException("bug");
                    }
                    if (ThreadLocalRandom.current().nextInt(20) == 0) {
                        Thread.yield();
                    }
                    frame.result(frame.content().getInt(0));
                }

                @Override
                public void close() {
                    // nothing is held
                }
            };
        }

        @Override
        public void write(Frame<Integer, Integer> frame) throws TargetException, DeviceException {
            mayFail("write");
            written.add(frame.result());
        }
    }
}
