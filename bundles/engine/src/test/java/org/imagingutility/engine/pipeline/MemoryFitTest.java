package org.imagingutility.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.imagingutility.api.error.UsageException;
import org.junit.jupiter.api.Test;

class MemoryFitTest {
    private static final long MIB = 1 << 20;
    private static final PipelineSettings WANTED = new PipelineSettings(3, 16, 19, 4 << 20, 4 << 20, true, false, false);

    @Test
    void nothingIsCutWhereMemoryIsPlentyOrNotKnown() throws UsageException {
        for (OptionalLong available : new OptionalLong[] {OptionalLong.empty(), OptionalLong.of(1 << 30)}) {
            MemoryFit fit = MemoryFit.of(WANTED, MIB, new Given(available));
            assertThat(fit.settings()).isEqualTo(WANTED);
            assertThat(fit.notice()).isEmpty();
        }
    }

    @Test
    void whatIsUsedFitsIntoWhatIsThereAndTheUserIsTold() throws UsageException {
        for (long available = 9; available < 240; available++) {
            for (long workerMemory : new long[] {0, 1, 50}) {
                if (available < 8 + workerMemory) {
                    continue;
                }
                MemoryFit fit = MemoryFit.of(WANTED, workerMemory * MIB, new Given(OptionalLong.of(available * MIB)));
                long used = fit.settings().workers() * workerMemory + fit.settings().frameCount() * 8L;
                assertThat(used).as("of %d MiB, workers of %d", available, workerMemory)
                        .isLessThanOrEqualTo(Math.max(available - Math.min(64, available / 4), 8 + workerMemory));
                if (fit.settings().equals(WANTED)) {
                    assertThat(fit.notice()).isEmpty();
                } else {
                    assertThat(fit.notice()).hasValueSatisfying(text -> assertThat(text).startsWith("memory is short (")
                            .contains("instead of 16 and 19"));
                }
            }
        }
    }

    @Test
    void expensiveWorkersAreTheFirstToGo() throws UsageException {
        MemoryFit fit = MemoryFit.of(WANTED, 50 * MIB, new Given(OptionalLong.of(256 * MIB)));
        assertThat(fit.settings().workers()).isEqualTo(3);
        assertThat(fit.settings().frameCount()).isEqualTo(5);
    }

    @Test
    void whatNobodyUsesAnyMoreIsGivenBackBeforeAnythingIsCut() throws UsageException {
        Given memory = new Given(OptionalLong.of(20 * MIB));
        memory.afterReclaim = OptionalLong.of(1 << 30);
        assertThat(MemoryFit.of(WANTED, MIB, memory).settings()).isEqualTo(WANTED);
    }

    @Test
    void tooLittleForOneFrameIsRefusedWithAWayOut() {
        assertThatThrownBy(() -> MemoryFit.of(WANTED, MIB, new Given(OptionalLong.of(8 * MIB))))
                .isInstanceOfSatisfying(UsageException.class, e -> assertThat(e.remedy())
                        .hasValueSatisfying(text -> assertThat(text).contains("--frame-size")))
                .hasMessageContaining("9 MiB").hasMessageContaining("8 MiB");
    }

    private static final class Given implements Memory {
        private OptionalLong available;
        private OptionalLong afterReclaim;

        Given(OptionalLong available) {
            this.available = available;
            this.afterReclaim = available;
        }

        @Override
        public OptionalLong available() {
            return available;
        }

        @Override
        public void reclaim() {
            available = afterReclaim;
        }

        @Override
        public ByteBuffer allocate(int bytes) {
            throw new AssertionError("nothing is taken yet");
        }
    }
}
