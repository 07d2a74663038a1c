package org.imagingutility.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imagingutility.engine.pipeline.PipelineTrial.until;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What jobs that run at once share: workers, memory, and what one of them leaves to the others. */
@Timeout(180)
class SharedResourcesTest {
    private static final int FRAME = PipelineTrial.FRAME;
    private static final int BUDGET = 12 * 2 * FRAME;
    private static final int PROCESSORS = 4;

    private final CountedMemory memory = new CountedMemory();
    private final SharedResources resources = new SharedResources(PROCESSORS, BUDGET, memory, 60_000);

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 8})
    void jobsThatRunAtOnceAllGetOnWithinTheProcessorsAndTheMemoryOfOne(int count) throws Exception {
        List<PipelineTrial> trials = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            trials.add(new PipelineTrial(resources, settings(PROCESSORS, false), 1_000_000));
        }
        until(() -> trials.stream().allMatch(trial -> trial.written.get() > 20));
        // the governors of those that came first take note some time
        until(() -> {
            int busiest = 0;
            for (int i = 0; i < 100; i++) {
                busiest = Math.max(busiest, trials.stream().mapToInt(trial -> trial.working.get()).sum());
                assertThat(resources.frameBytes()).isLessThanOrEqualTo(BUDGET + count * 2L * 2 * FRAME);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(3));
            }
            return busiest >= Math.min(2, count) && busiest <= Math.max(PROCESSORS, count);
        });
        long[] before = trials.stream().mapToLong(trial -> trial.written.get()).toArray();
        for (int i = 0; i < count; i++) {
            PipelineTrial trial = trials.get(i);
            long written = before[i];
            until(() -> trial.written.get() > written);
        }
        for (PipelineTrial trial : trials) {
            trial.cancelled = true;
            trial.end();
        }
        assertThat(resources.frameBytes()).isZero();
    }

    @Test
    void theShareOfAJobThatEndsGoesToTheOthers() throws Exception {
        PipelineTrial first = new PipelineTrial(resources, settings(PROCESSORS, false), 1_000_000);
        PipelineTrial second = new PipelineTrial(resources, settings(PROCESSORS, false), 1_000_000);
        until(() -> first.mostWorking() <= 2 && second.mostWorking() <= 2);
        second.cancelled = true;
        second.end();
        until(() -> first.mostWorking() == PROCESSORS);
        first.cancelled = true;
        first.end();
    }

    @Test
    void aJobThatHoldsLeavesItsProcessorsToTheOthersAndWritesWhatWasUnderWay() throws Exception {
        PipelineTrial first = new PipelineTrial(resources, settings(PROCESSORS, false), 1_000_000);
        PipelineTrial second = new PipelineTrial(resources, settings(PROCESSORS, false), 1_000_000);
        until(() -> first.written.get() > 0 && second.written.get() > 0);
        second.paused = true;
        until(() -> second.holding);
        assertThat(second.read.get()).isEqualTo(second.written.get());
        long written = second.written.get();
        until(() -> first.mostWorking() == PROCESSORS);
        assertThat(second.written.get()).isEqualTo(written);
        assertThat(second.read.get()).isEqualTo(written);
        second.paused = false;
        until(() -> second.written.get() > written);
        assertThat(second.heldNanos).isPositive();
        second.paused = true;
        until(() -> second.holding);
        second.cancelled = true;
        second.end();
        first.cancelled = true;
        first.end();
    }

    @Test
    void theTimeOfAPauseIsNotCounted() throws Exception {
        PipelineTrial trial = new PipelineTrial(resources, settings(2, true), 200);
        until(() -> trial.written.get() > 0);
        trial.paused = true;
        until(() -> trial.holding);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
        trial.paused = false;
        long start = trial.startNanos;
        trial.end();
        long all = System.nanoTime() - start;
        assertThat(trial.heldNanos).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(400));
        assertThat(trial.statistics.elapsed().toNanos()).isLessThanOrEqualTo(all - trial.heldNanos);
        assertThat(trial.written.get()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void moreWorkersThanAtTheStartAreHiredAndFewerHeld(boolean adaptive) throws Exception {
        PipelineTrial trial = new PipelineTrial(resources, new PipelineSettings(1, 2, 5, FRAME, FRAME, adaptive, true, true), 1_000_000);
        until(() -> trial.mostWorking() == 2);
        trial.workers = 6;
        until(() -> trial.mostWorking() == 6);
        trial.workers = 1;
        until(() -> trial.mostWorking() == 1);
        trial.workers = 3;
        until(() -> trial.mostWorking() == 3);
        trial.cancelled = true;
        trial.end();
        assertThat(trial.inOrder).isTrue();
    }

    @Test
    void aJobWhoseWorkersWereAskedForKeepsThem() throws Exception {
        PipelineTrial own = new PipelineTrial(resources, settings(PROCESSORS, true), 1_000_000);
        PipelineTrial other = new PipelineTrial(resources, settings(PROCESSORS, false), 1_000_000);
        until(() -> other.written.get() > 0 && other.mostWorking() == 1 && own.mostWorking() == PROCESSORS);
        own.cancelled = true;
        own.end();
        until(() -> other.mostWorking() == PROCESSORS);
        other.cancelled = true;
        other.end();
    }

    @Test
    void theBuffersOfOneJobServeTheNext() throws Exception {
        for (int i = 0; i < 50; i++) {
            // sizes differ a little, as they do from codec to codec
            new PipelineTrial(resources, new PipelineSettings(1, 2, 5, FRAME, FRAME + 100 * i, true, false, false), 20).end();
        }
        assertThat(memory.buffers.get()).isLessThanOrEqualTo(20);
        assertThat(resources.frameBytes()).isZero();
    }

    @Test
    void whatNobodyNeedsIsGivenBackAfterAWhileAndWhenTheEngineStops() throws Exception {
        SharedResources impatient = new SharedResources(PROCESSORS, BUDGET, memory, 50);
        new PipelineTrial(impatient, settings(2, false), 20).end();
        until(() -> memory.reclaims.get() > 0);
        new PipelineTrial(impatient, settings(2, false), 20).end();
        impatient.close();
        until(() -> {
            System.gc();
            return memory.given.stream().allMatch(buffer -> buffer.get() == null);
        });
    }

    private static PipelineSettings settings(int workers, boolean own) {
        return new PipelineSettings(1, workers, workers + 3, FRAME, FRAME, true, own, own);
    }

    private static final class CountedMemory implements Memory {
        private final AtomicInteger buffers = new AtomicInteger();
        private final AtomicInteger reclaims = new AtomicInteger();
        private final List<WeakReference<ByteBuffer>> given = java.util.Collections.synchronizedList(new ArrayList<>());

        @Override
        public OptionalLong available() {
            return OptionalLong.empty();
        }

        @Override
        public void reclaim() {
            reclaims.incrementAndGet();
        }

        @Override
        public ByteBuffer allocate(int bytes) {
            buffers.incrementAndGet();
            ByteBuffer buffer = ByteBuffer.allocateDirect(bytes);
            given.add(new WeakReference<>(buffer));
            return buffer;
        }
    }
}
