package org.imagingutility.engine.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.device.Clearing;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.device.WritableDevice;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.engine.progress.Checkpoint;
import org.junit.jupiter.api.Test;

/** What a target is asked to do with the ranges that are free. */
class FreeRangesTest {
    private static final long KIB = 1 << 10;
    private static final long MIB = 1 << 20;

    private final Recorded target = new Recorded();
    private final Told told = new Told();

    /** Notes what it is asked; gives back all, or nothing if there is a refusal. */
    private static final class Recorded implements WritableDevice {
        private final List<String> calls = new ArrayList<>();
        private Optional<String> refusal = Optional.empty();
        private boolean fresh;

        @Override
        public DeviceInfo info() {
            return new DeviceInfo("t", DeviceKind.DISK, 1L << 40, 512, "", Optional.empty(), List.of(), false);
        }

        @Override
        public boolean fresh() {
            return fresh;
        }

        @Override
        public void read(long offset, ByteBuffer buffer) {
            throw new AssertionError("read");
        }

        @Override
        public void write(long offset, ByteBuffer source) {
            int length = source.remaining();
            boolean zeros = true;
            while (source.hasRemaining()) {
                zeros &= source.get() == 0;
            }
            calls.add("write " + offset + "+" + length + (zeros ? " zeros" : " something else"));
        }

        @Override
        public Clearing clear(long offset, long length, boolean zeros) {
            calls.add((zeros ? "hole " : "discard ") + offset + "+" + length);
            return refusal.isPresent() ? Clearing.refused(refusal.get()) : Clearing.done(length);
        }

        @Override
        public void complete() {
            throw new AssertionError("complete");
        }

        @Override
        public void close() {
            throw new AssertionError("close");
        }
    }

    private static final class Told implements Checkpoint {
        private final List<String> notices = new ArrayList<>();
        private int borders;
        private int cancelAt = Integer.MAX_VALUE;

        @Override
        public void checkpoint() throws CancelledException {
            borders++;
            if (borders >= cancelAt) {
                throw new CancelledException("restoring");
            }
        }

        @Override
        public void notice(String line) {
            notices.add(line);
        }
    }

    private FreeRanges ranges(boolean zeroFree, boolean discard) {
        return new FreeRanges(target, zeroFree, discard, told);
    }

    @Test
    void whatIsFreeStaysWhereNothingElseIsWanted() throws Exception {
        ranges(false, false).upTo(1 << 30);
        assertThat(target.calls).isEmpty();
    }

    @Test
    void aNewFileIsAskedForNothing() throws Exception {
        target.fresh = true;
        ranges(true, true).upTo(1 << 30);
        assertThat(target.calls).isEmpty();
    }

    @Test
    void onlyWhatLiesBetweenWhatIsWrittenIsGivenBack() throws Exception {
        FreeRanges ranges = ranges(false, true);
        ranges.upTo(MIB);
        ranges.taken(2 * MIB);
        ranges.upTo(2 * MIB);
        ranges.taken(3 * MIB);
        ranges.upTo(5 * MIB);
        assertThat(target.calls).containsExactly("discard 0+1048576", "discard 3145728+2097152");
        assertThat(ranges.bytesGivenBack()).isEqualTo(3 * MIB);
        assertThat(ranges.bytesWritten()).isZero();
    }

    @Test
    void littleIsNotGivenBackButZeroedIfThatIsWanted() throws Exception {
        ranges(false, true).upTo(64 * KIB - 512);
        assertThat(target.calls).isEmpty();
        FreeRanges zeroing = ranges(true, true);
        zeroing.upTo(64 * KIB - 512);
        zeroing.taken(MIB);
        zeroing.upTo(MIB + 64 * KIB);
        assertThat(target.calls).containsExactly("write 0+65024 zeros", "hole 1048576+65536");
        assertThat(zeroing.bytesWritten()).isEqualTo(65_024);
        assertThat(zeroing.bytesGivenBack()).isEqualTo(65_536);
    }

    @Test
    void aLongRangeIsGivenBackInStepsThatTheJobCanStopBetween() throws Exception {
        told.cancelAt = 3;
        FreeRanges ranges = ranges(false, true);
        ranges.taken(MIB);
        assertThatThrownBy(() -> ranges.upTo(2048 * MIB)).isInstanceOf(CancelledException.class);
        assertThat(target.calls).containsExactly("discard 1048576+267386880", "discard 268435456+268435456",
                "discard 536870912+268435456");
        told.cancelAt = Integer.MAX_VALUE;
        ranges.upTo(1024 * MIB);
        assertThat(target.calls).hasSize(4).last().isEqualTo("discard 805306368+268435456");
        assertThat(ranges.bytesGivenBack()).isEqualTo(1023 * MIB);
    }

    @Test
    void aTargetThatCannotDiscardIsAskedOnceAndTheUserIsTold() throws Exception {
        target.refusal = Optional.of("Operation not supported (ioctl)");
        FreeRanges ranges = ranges(false, true);
        ranges.upTo(1024 * MIB);
        ranges.taken(1025 * MIB);
        ranges.upTo(2048 * MIB);
        assertThat(target.calls).containsExactly("discard 0+268435456");
        assertThat(told.notices).containsExactly("what is free on \"t\" is not given back: Operation not supported (ioctl)");
        assertThat(ranges.bytesGivenBack()).isZero();
    }

    @Test
    void zerosThatAreNoHoleAreWrittenFromTheBeginOfTheRangeThatWasRefused() throws Exception {
        target.refusal = Optional.of("Operation not supported (fallocate)");
        FreeRanges ranges = ranges(true, false);
        ranges.taken(MIB);
        ranges.upTo(3 * MIB + 512);
        assertThat(target.calls).containsExactly("hole 1048576+2097664", "write 1048576+1048576 zeros",
                "write 2097152+1048576 zeros", "write 3145728+512 zeros");
        assertThat(told.notices).isEmpty();
        assertThat(ranges.bytesWritten()).isEqualTo(2 * MIB + 512);
    }

    @Test
    void whoWantsBothIsToldThatZerosAreWritten() throws Exception {
        target.refusal = Optional.of("no");
        ranges(true, true).upTo(MIB);
        assertThat(told.notices).containsExactly("what is free on \"t\" is not given back, but written as zeros: no");
        assertThat(target.calls).containsExactly("hole 0+1048576", "write 0+1048576 zeros");
    }

    @Test
    void itContinuesWithATargetThatWasOpenedAgain() throws Exception {
        FreeRanges ranges = ranges(false, true);
        ranges.upTo(MIB);
        Recorded again = new Recorded();
        ranges.reopened(again);
        ranges.upTo(2 * MIB);
        assertThat(target.calls).containsExactly("discard 0+1048576");
        assertThat(again.calls).containsExactly("discard 1048576+1048576");
    }
}
