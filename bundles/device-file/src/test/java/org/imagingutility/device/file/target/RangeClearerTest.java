package org.imagingutility.device.file.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.device.Clearing;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.device.file.channel.RangeCalls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which calls are made for a range, and what is done where they are refused. */
class RangeClearerTest {
    private static final int LENGTH = 1 << 16;

    @TempDir
    private Path directory;
    private Path file;
    private FileChannel channel;
    private final Recorded calls = new Recorded();

    @BeforeEach
    void open() throws Exception {
        byte[] content = new byte[LENGTH];
        Arrays.fill(content, (byte) 1);
        file = Files.write(directory.resolve("target"), content);
        channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    @AfterEach
    void close() throws Exception {
        channel.close();
    }

    /** Notes the calls; nothing is done to the file. */
    private static final class Recorded implements RangeCalls {
        private final List<String> made = new ArrayList<>();
        private IOException failure;
        private boolean closed;

        @Override
        public void punchHole(long offset, long length) throws IOException {
            note("hole " + offset + "+" + length);
        }

        @Override
        public void discard(long offset, long length) throws IOException {
            note("discard " + offset + "+" + length);
        }

        private void note(String call) throws IOException {
            made.add(call);
            if (failure != null) {
                throw failure;
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private RangeClearer clearer(DeviceKind kind, int unit, RangeCalls.Opener opener) {
        return new RangeClearer(new DeviceInfo("t", kind, LENGTH, 512, "", Optional.empty(), List.of(), false), channel, unit, opener);
    }

    private RangeClearer clearer(DeviceKind kind, int unit) {
        return clearer(kind, unit, () -> calls);
    }

    @Test
    void aBlockDeviceIsToldToDiscardWholePagesWithinTheRange() throws Exception {
        RangeClearer clearer = clearer(DeviceKind.DISK, 512);
        assertThat(clearer.clear(512, 16_384, false)).isEqualTo(Clearing.done(12_288));
        assertThat(clearer.clear(8192, 8192, false)).isEqualTo(Clearing.done(8192));
        assertThat(clearer.clear(512, 7168, false)).isEqualTo(Clearing.done(0));
        assertThat(clearer.clear(4096, 0, false)).isEqualTo(Clearing.done(0));
        assertThat(calls.made).containsExactly("discard 4096+12288", "discard 8192+8192");
        assertZeros();
    }

    @Test
    void sectorsThatAreLargerThanAPageAreDiscardedWhole() throws Exception {
        assertThat(clearer(DeviceKind.DISK, 16_384).clear(4096, 45_056, false)).isEqualTo(Clearing.done(32_768));
        assertThat(calls.made).containsExactly("discard 16384+32768");
    }

    @Test
    void aFileGetsHoles() throws Exception {
        RangeClearer clearer = clearer(DeviceKind.FILE, 1);
        assertThat(clearer.clear(512, 16_384, false)).isEqualTo(Clearing.done(12_288));
        assertThat(clearer.clear(512, 1000, true)).isEqualTo(Clearing.done(1000));
        assertThat(calls.made).containsExactly("hole 4096+12288", "hole 512+1000");
    }

    @Test
    void zerosOfABlockDeviceAreAHoleOfWholeSectorsAndWrittenBesideIt() throws Exception {
        assertThat(clearer(DeviceKind.DISK, 4096).clear(512, 16_384, true)).isEqualTo(Clearing.done(12_288));
        assertThat(calls.made).containsExactly("hole 4096+12288");
        assertZeros(512, 4096, 16_384, 16_896);
    }

    @Test
    void zerosOfLessThanASectorAreWritten() throws Exception {
        RangeClearer clearer = clearer(DeviceKind.DISK, 4096);
        assertThat(clearer.clear(512, 1024, true)).isEqualTo(Clearing.done(0));
        assertThat(clearer.clear(7680, 1024, true)).isEqualTo(Clearing.done(0));
        assertThat(calls.made).isEmpty();
        assertZeros(512, 1536, 7680, 8704);
    }

    @Test
    void whatIsRefusedOnceIsNotAskedForAgain() throws Exception {
        calls.failure = new IOException("Operation not supported (fallocate)");
        RangeClearer clearer = clearer(DeviceKind.DISK, 512);
        for (int i = 0; i < 3; i++) {
            assertThat(clearer.clear(4096, 8192, true)).isEqualTo(Clearing.refused("Operation not supported (fallocate)"));
        }
        calls.failure = null;
        assertThat(clearer.clear(4096, 8192, false)).isEqualTo(Clearing.done(8192));
        assertThat(calls.made).containsExactly("hole 4096+8192", "discard 4096+8192");
        assertZeros();
    }

    @Test
    void nativeCodeThatCannotBeLoadedIsAReason() throws Exception {
        RangeClearer clearer = clearer(DeviceKind.FILE, 1, () -> {
            throw new UnsatisfiedLinkError("\n failed to map segment from shared object \nsecond line");
        });
        assertThat(clearer.clear(0, 4096, false).refusal())
                .contains("native code cannot be loaded: UnsatisfiedLinkError: failed to map segment from shared object");
        clearer.close();
    }

    @Test
    void nothingIsOpenedBeforeItIsNeededAndAllIsClosedOnce() throws Exception {
        List<String> opened = new ArrayList<>();
        RangeClearer clearer = clearer(DeviceKind.FILE, 1, () -> {
            opened.add("opened");
            return calls;
        });
        clearer.clear(0, 0, false);
        assertThat(opened).isEmpty();
        clearer.clear(0, 4096, false);
        clearer.clear(4096, 4096, true);
        assertThat(opened).hasSize(1);
        clearer.close();
        clearer.close();
        assertThat(calls.closed).isTrue();
        assertThat(clearer.clear(0, 4096, false).refusal()).contains("it is closed");
        assertThat(opened).hasSize(1);
    }

    @Test
    void zerosThatCannotBeWrittenBesideTheHoleAreAnErrorWithThePlace() throws Exception {
        RangeClearer clearer = clearer(DeviceKind.DISK, 4096);
        channel.close();
        assertThatThrownBy(() -> clearer.clear(512, 16_384, true)).isInstanceOf(TargetException.class)
                .satisfies(e -> assertThat(((TargetException) e).offset()).isEqualTo(512));
    }

    private void assertZeros(int... borders) throws IOException {
        byte[] expected = new byte[LENGTH];
        Arrays.fill(expected, (byte) 1);
        for (int i = 0; i < borders.length; i += 2) {
            Arrays.fill(expected, borders[i], borders[i + 1], (byte) 0);
        }
        assertThat(Arrays.mismatch(expected, Files.readAllBytes(file))).isEqualTo(-1);
    }
}
