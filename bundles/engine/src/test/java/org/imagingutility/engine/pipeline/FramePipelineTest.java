package org.imagingutility.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.error.UsageException;
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
        JobStatistics statistics = new FramePipeline<>(new SharedResources(), "test", stages, settings(workers), new Silent()).run();
        assertThat(stages.written).isEqualTo(IntStream.range(0, COUNT).boxed().toList());
        assertThat(statistics.frames()).isEqualTo(COUNT);
        assertThat(statistics.bottleneck()).isPresent();
        assertThat(statistics.bottleneckShare()).isBetween(0.0, 1.0);
    }

    @Test
    void neverUsesMoreFramesThanItWasGiven() throws ImagingException {
        Counting stages = new Counting();
        new FramePipeline<>(new SharedResources(), "test", stages, settings(4), new Silent()).run();
        assertThat(stages.frames).hasSizeLessThanOrEqualTo(settings(4).frameCount());
    }

    @Test
    void anErrorOfAnyStageEndsTheRunWithThatErrorAndAllThreadsStopped() {
        for (String stage : List.of("next", "read", "newWorker", "work", "write")) {
            Counting stages = new Counting();
            stages.failing = stage;
            assertThatThrownBy(() -> new FramePipeline<>(new SharedResources(), "failing-" + stage, stages, settings(3), new Silent()).run())
                    .isInstanceOf(DeviceException.class).hasMessageContaining(stage);
            assertThat(Thread.getAllStackTraces().keySet()).as(stage)
                    .noneMatch(thread -> thread.getName().startsWith("failing-" + stage));
        }
    }

    @Test
    void unexpectedErrorsAreNotSwallowed() {
        Counting stages = new Counting();
        stages.bug = true;
        assertThatThrownBy(() -> new FramePipeline<>(new SharedResources(), "test", stages, settings(2), new Silent()).run())
                .isInstanceOf(IllegalStateException.class).hasMessage("bug");
    }

    @Test
    void stopsWhenCancelled() {
        Counting stages = new Counting();
        Silent monitor = new Silent();
        monitor.cancelAfter = 10;
        assertThatThrownBy(() -> new FramePipeline<>(new SharedResources(), "test", stages, settings(2), monitor).run())
                .isInstanceOf(CancelledException.class);
        assertThat(stages.written).hasSizeLessThan(COUNT);
    }

    @Test
    void anEmptySourceIsNoError() throws ImagingException {
        Counting stages = new Counting();
        stages.next = COUNT;
        JobStatistics statistics = new FramePipeline<>(new SharedResources(), "test", stages, settings(2), new Silent()).run();
        assertThat(statistics.frames()).isZero();
        assertThat(statistics.bottleneck()).isEmpty();
    }

    @Test
    void asksForReadersOneAfterAnotherWhenReadingIsSlow() throws ImagingException {
        Counting stages = new Counting();
        stages.slowReads = true;
        new FramePipeline<>(new SharedResources(), "test", stages, new PipelineSettings(3, 2, 8, 8, 8, true, true, true), new Silent()).run();
        assertThat(stages.readerThreads).hasSizeGreaterThan(1);
        assertThat(stages.written).isEqualTo(IntStream.range(0, stages.next).boxed().toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 5, 9})
    void continuesWithTheFramesItHasWhenThereIsNoMemoryForMore(int buffers) throws ImagingException {
        Counting stages = new Counting();
        Silent monitor = new Silent();
        ScarceMemory memory = new ScarceMemory(buffers);
        // frames that come back early enough would do for all
        stages.mayWrite = () -> memory.left.get() < 0;
        new FramePipeline<>(resources(memory), "test", stages, settings(4), monitor).run();
        assertThat(stages.written).isEqualTo(IntStream.range(0, COUNT).boxed().toList());
        // two buffers a frame; half a frame is none
        assertThat(stages.frames).hasSizeLessThanOrEqualTo(buffers / 2);
        assertThat(monitor.notices).containsExactly("memory is short: continuing with " + buffers / 2 + " of 7 frames in flight");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void saysWhatToDoWhenThereIsNoMemoryForASingleFrame(int buffers) {
        assertThatThrownBy(() -> new FramePipeline<>(resources(new ScarceMemory(buffers)), "short", new Counting(), settings(4),
                new Silent()).run()).isInstanceOfSatisfying(UsageException.class,
                        e -> assertThat(e.remedy()).hasValueSatisfying(text -> assertThat(text).contains("--frame-size")));
        assertThat(Thread.getAllStackTraces().keySet()).noneMatch(thread -> thread.getName().startsWith("short-"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void continuesWithTheWorkersItHasWhenThereIsNoMemoryForMore(int workers) throws ImagingException {
        Counting stages = new Counting();
        stages.mostWorkers = workers;
        Silent monitor = new Silent();
        JobStatistics statistics = new FramePipeline<>(new SharedResources(), "test", stages, settings(4), monitor).run();
        assertThat(stages.written).isEqualTo(IntStream.range(0, COUNT).boxed().toList());
        assertThat(monitor.notices).singleElement().asString().contains("4 workers", "continuing with fewer");
        assertThat(statistics.frames()).isEqualTo(COUNT);
    }

    @Test
    void memoryThatRunsOutInAStageEndsTheRunWithThatError() {
        for (String stage : List.of("next", "read", "newWorker", "work", "write")) {
            Counting stages = new Counting();
            stages.failing = stage;
            stages.outOfMemory = true;
            assertThatThrownBy(() -> new FramePipeline<>(new SharedResources(), "oom-" + stage, stages, settings(3), new Silent()).run())
                    .isInstanceOf(OutOfMemoryError.class).hasMessageContaining(stage);
            assertThat(Thread.getAllStackTraces().keySet()).as(stage)
                    .noneMatch(thread -> thread.getName().startsWith("oom-" + stage));
        }
    }

    /** Has so many buffers and no more. */
    private static final class ScarceMemory implements Memory {
        private final AtomicInteger left;

        ScarceMemory(int buffers) {
            this.left = new AtomicInteger(buffers);
        }

        @Override
        public OptionalLong available() {
            return OptionalLong.empty();
        }

        @Override
        public void reclaim() {
            throw new AssertionError("nobody knows that it is short");
        }

        @Override
        public ByteBuffer allocate(int bytes) {
            if (left.getAndDecrement() <= 0) {
                throw new OutOfMemoryError("scarce");
            }
            return ByteBuffer.allocateDirect(bytes);
        }
    }

    private static SharedResources resources(Memory memory) {
        return new SharedResources(2, SharedResources.BUDGET, memory, 30_000);
    }

    private static PipelineSettings settings(int workers) {
        return new PipelineSettings(2, workers, workers + 3, 8, 8, true, true, true);
    }

    private static final class Silent implements FramePipeline.Monitor {
        private final List<String> notices = new ArrayList<>();
        private int cancelAfter = Integer.MAX_VALUE;
        private int asked;

        @Override
        public void tick() {
            // nobody watches
        }

        @Override
        public void notice(String line) {
            notices.add(line);
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
        private boolean outOfMemory;
        private int mostWorkers = Integer.MAX_VALUE;
        private int workers;
        /** Whether reading takes its time, and does not end before another reader helps. */
        private boolean slowReads;
        private BooleanSupplier mayWrite = () -> true;
        private int next;

        private void mayFail(String stage) throws DeviceException {
            if (failing.equals(stage)) {
                if (outOfMemory) {
                    throw new OutOfMemoryError(stage);
                }
                throw new DeviceException("d", 1, stage, null, null);
            }
        }

        @Override
        public Integer next() throws ImagingException {
            if (next == COUNT / 2) {
                mayFail("next");
            }
            boolean helped = !slowReads || readerThreads.size() > 1;
            return next >= COUNT && helped ? null : Integer.valueOf(next++);
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
            if (workers++ >= mostWorkers) {
                throw new OutOfMemoryError("no worker " + workers);
            }
            return new Worker<>() {
                @Override
                public void work(Frame<Integer, Integer> frame) throws ImagingException {
                    mayFail("work");
                    if (bug && worked.incrementAndGet() > 20) {
                        throw new IllegalStateException("bug");
                    }
                    if (frame.task() % 20 == 0) {
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
            while (!mayWrite.getAsBoolean()) {
                LockSupport.parkNanos(500_000);
            }
            written.add(frame.result());
        }
    }
}
