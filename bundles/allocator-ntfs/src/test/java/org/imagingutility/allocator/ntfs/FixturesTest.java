package org.imagingutility.allocator.ntfs;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fixtures.Fixtures;
import org.imagingutility.tck.allocator.ExtentsInUse;
import org.imagingutility.tck.device.CountingDevice;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Volumes other tools made, and damaged copies of them, against what those tools say. */
class FixturesTest {
    private static final long READ_LIMIT = 64 << 20;

    /** For each damaged volume: the byte that is wrong, and a part of the reason. */
    private static final Map<String, Refusal> REFUSALS = Map.ofEntries(
            entry("bad-ntfs-attr-first", new Refusal(22548, "first attribute at 65528")),
            entry("bad-ntfs-attr-len-big", new Refusal(22684, "attribute length is 4294967288")),
            entry("bad-ntfs-attr-len0", new Refusal(22588, "attribute length is 0")),
            entry("bad-ntfs-bitmap-negative", new Refusal(22848, "3 clusters at cluster -16")),
            entry("bad-ntfs-bitmap-no-end", new Refusal(22848, "clusters at cluster 9187201950435737471")),
            entry("bad-ntfs-bitmap-past-end", new Refusal(22852, "2 clusters at cluster 16388")),
            entry("bad-ntfs-bitmap-repeat", new Refusal(-1, "belongs twice")),
            entry("bad-ntfs-bitmap-short", new Refusal(-1, "16385 clusters need 2049")),
            entry("bad-ntfs-bitmap-sparse", new Refusal(22848, "is a hole")),
            entry("bad-ntfs-bitmap-vcn-huge", new Refusal(22808, "ends with its cluster 9223372036854775807")),
            entry("bad-ntfs-bitmap-zero-run", new Refusal(22848, "has 0 clusters")),
            entry("bad-ntfs-bps-odd", new Refusal(11, "bytes per sector are 513")),
            entry("bad-ntfs-bps0", new Refusal(11, "bytes per sector are 0")),
            entry("bad-ntfs-fixup-rec0", new Refusal(16894, "record 0 of $MFT is torn")),
            entry("bad-ntfs-fixup-rec6", new Refusal(23038, "record 6 of $MFT is torn")),
            entry("bad-ntfs-mft-range", new Refusal(48, "$MFT begins in cluster 16390")),
            entry("bad-ntfs-mp-offset", new Refusal(22816, "the run list begins at 65520")),
            entry("bad-ntfs-recsize", new Refusal(64, "size of $MFT records is given as 0")),
            entry("bad-ntfs-sectors-huge", new Refusal(40, "9223372036854775807 sectors")),
            entry("bad-ntfs-sectors-short", new Refusal(40, "the device only 16778752 bytes")),
            entry("bad-ntfs-spc-huge", new Refusal(13, "given as 0x90")),
            entry("bad-ntfs-spc0", new Refusal(13, "given as 0x00")),
            entry("bad-ntfs-usa-range", new Refusal(22532, "update sequence of 3 numbers at 1022")));

    @TempDir
    private Path folder;

    private record Refusal(long offset, String reason) {
    }

    static List<String> sound() {
        return Fixtures.ofKind("ntfs");
    }

    static List<String> damaged() {
        return Fixtures.ofKind("bad-ntfs");
    }

    @Test
    void knowsWhyEachDamagedVolumeIsRefused() {
        assertThat(REFUSALS.keySet()).containsExactlyInAnyOrderElementsOf(damaged());
    }

    @ParameterizedTest
    @MethodSource("sound")
    void findsWhatIsInUseAndWhatVolumeItIs(String name) throws IOException, ImagingException {
        JsonNode oracle = Fixtures.oracle(name);
        Path file = Fixtures.unpack(name, folder);
        for (int deviceSectorSize : new int[] {512, 4096}) {
            try (FileChannel channel = FileChannel.open(file)) {
                CountingDevice device = new CountingDevice(Files.size(file), deviceSectorSize, contentOf(channel));
                Allocation allocation = new NtfsAllocator().recognise(device).orElseThrow();

                assertThat(allocation.info()).isEqualTo(new FileSystemInfo("NTFS " + oracle.get("ntfsVersion").asText(),
                        oracle.get("label").asText(), oracle.get("serial").asText(),
                        oracle.get("clusterSize").asLong(), oracle.get("clusterCount").asLong()));
                assertThat(ExtentsInUse.of(allocation, device)).isEqualTo(expected(oracle, device.length()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("damaged")
    void refusesDamage(String name) throws IOException {
        Path file = Fixtures.unpack(name, folder);
        try (FileChannel channel = FileChannel.open(file)) {
            CountingDevice device = new CountingDevice(Files.size(file), 512, contentOf(channel));
            FileSystemException refusal = Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60),
                    () -> catchThrowableOfType(FileSystemException.class, () -> Extents.of(device)));

            assertThat(refusal).as("refusal").isNotNull();
            assertThat(refusal).hasMessageContaining(REFUSALS.get(name).reason()).hasMessageContaining("\"volume\"");
            assertThat(refusal.remedy()).hasValue("image all blocks instead (--all-blocks)");
            assertThat(refusal.offset()).isBetween(0L, device.length());
            if (REFUSALS.get(name).offset() >= 0) {
                assertThat(refusal.offset()).isEqualTo(REFUSALS.get(name).offset());
            }
            assertThat(device.bytesRead()).isLessThan(READ_LIMIT);
        }
    }

    private static ExtentList expected(JsonNode oracle, long deviceLength) {
        ExtentList.Builder expected = new ExtentList.Builder();
        long clusterSize = oracle.get("clusterSize").asLong();
        for (JsonNode run : oracle.get("allocated")) {
            expected.add(run.get(0).asLong() * clusterSize, run.get(1).asLong() * clusterSize);
        }
        long clustered = oracle.get("clusterCount").asLong() * clusterSize;
        return expected.add(clustered, deviceLength - clustered).build();
    }

    private static CountingDevice.Content contentOf(FileChannel channel) {
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
