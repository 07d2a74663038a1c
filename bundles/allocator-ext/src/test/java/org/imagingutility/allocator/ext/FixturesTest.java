package org.imagingutility.allocator.ext;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fixtures.Fixtures;
import org.imagingutility.tck.allocator.ExtentsInUse;
import org.imagingutility.tck.device.CountingDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Volumes other tools made, against what those tools say. */
class FixturesTest {
    @TempDir
    private Path folder;

    static List<String> volumes() {
        return Stream.of("ext2", "ext3", "ext4").flatMap(kind -> Fixtures.ofKind(kind).stream()).toList();
    }

    @Test
    void thereAreFixtures() {
        assertThat(volumes()).contains("ext4-1k", "ext4-4k-metabg");
    }

    @ParameterizedTest
    @MethodSource("volumes")
    void findsWhatIsInUseAndWhatVolumeItIs(String name) throws IOException, ImagingException {
        JsonNode oracle = Fixtures.oracle(name);
        Path file = Fixtures.unpack(name, folder);
        for (int deviceSectorSize : new int[] {512, 4096}) {
            try (FileChannel channel = FileChannel.open(file)) {
                CountingDevice device = new CountingDevice(Files.size(file), deviceSectorSize, contentOf(channel));
                Allocation allocation = new ExtAllocator().recognise(device).orElseThrow();

                assertThat(allocation.info()).isEqualTo(new FileSystemInfo(oracle.get("kind").asText(),
                        oracle.get("label").asText(), oracle.get("uuid").asText(), oracle.get("blockSize").asLong(),
                        oracle.get("blockCount").asLong()));
                assertThat(allocation.warnings()).isEmpty();
                assertThat(ExtentsInUse.of(allocation, device)).isEqualTo(expected(oracle, device.length()));
            }
        }
    }

    private static ExtentList expected(JsonNode oracle, long deviceLength) {
        ExtentList.Builder expected = new ExtentList.Builder();
        long blockSize = oracle.get("blockSize").asLong();
        for (JsonNode run : oracle.get("allocated")) {
            expected.add(run.get(0).asLong() * blockSize, run.get(1).asLong() * blockSize);
        }
        long end = oracle.get("blockCount").asLong() * blockSize;
        return (deviceLength == end ? expected : expected.add(end, deviceLength - end)).build();
    }

    static CountingDevice.Content contentOf(FileChannel channel) {
        return (offset, target) -> {
            try {
                for (long at = offset; target.hasRemaining();) {
                    int n = channel.read(target, at);
                    if (n < 0) {
                        throw new AssertionError("end of file at " + at);
                    }
                    at += n;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }
}
