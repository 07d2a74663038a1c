package org.imagingutility.allocator.ntfs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.TouchedFile;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fixtures.Fixtures;
import org.imagingutility.tck.RandomSeed;
import org.imagingutility.tck.device.CountingDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of volumes that other tools made, against the runs those tools list. */
class TouchedFixtureFilesTest {
    private static final long SEED = RandomSeed.get();
    private static final long TELLTALE_LIMIT = 2 << 20;

    @TempDir
    private Path folder;

    /** One run of a stream: device offset and length of what is content, and the paths of the file, one for each link. */
    private record Piece(long offset, long length, List<String> paths) {
    }

    static List<String> sound() {
        return Fixtures.ofKind("ntfs");
    }

    @ParameterizedTest
    @MethodSource("sound")
    void namesTheFileThatHasTheRun(String name) throws IOException, ImagingException {
        JsonNode oracle = Fixtures.oracle(name);
        List<Piece> pieces = pieces(oracle);
        assertThat(pieces).hasSizeGreaterThan(8);
        Random random = new Random(SEED);
        try (Device device = open(name)) {
            Allocation allocation = new NtfsAllocator().recognise(device).orElseThrow();
            for (Piece piece : pieces) {
                long from = random.nextLong(piece.length());
                long length = 1 + random.nextLong(piece.length() - from);
                List<TouchedFile> found = allocation.filesIn(range(piece.offset() + from, length), 10);
                assertThat(found).as("%d+%d in %s, seed %d", from, length, piece, SEED).singleElement().satisfies(file -> {
                    assertThat(file.bytes()).isEqualTo(length);
                    assertThat(file.path()).isIn(piece.paths());
                });
            }
        }
    }

    @Test
    void isTriedOnLinksStreamsAndPiecesOfFiles() {
        List<Piece> all = sound().stream().flatMap(name -> pieces(Fixtures.oracle(name)).stream()).toList();
        assertThat(all).anyMatch(piece -> piece.paths().size() > 1)
                .anyMatch(piece -> piece.paths().get(0).contains(":"))
                .anyMatch(piece -> piece.paths().get(0).contains("packed"));
    }

    @ParameterizedTest
    @MethodSource("sound")
    void namesTheSystemFileThatHasTheRun(String name) throws IOException, ImagingException {
        JsonNode oracle = Fixtures.oracle(name);
        long clusterSize = oracle.get("clusterSize").asLong();
        int checked = 0;
        try (Device device = open(name)) {
            Allocation allocation = new NtfsAllocator().recognise(device).orElseThrow();
            for (Map.Entry<String, JsonNode> entry : oracle.get("systemFiles").properties()) {
                for (JsonNode run : entry.getValue().path("runs")) {
                    if (run.get(1).asLong() < 0) {
                        continue;
                    }
                    List<TouchedFile> found = allocation.filesIn(range(run.get(1).asLong() * clusterSize, 1), 100);
                    assertThat(found).extracting(TouchedFile::path).as("%s of %s", run, entry)
                            .anyMatch(path -> path.split(":")[0].equals(entry.getKey().split(":")[0]));
                    checked++;
                }
            }
        }
        assertThat(checked).isGreaterThan(5);
    }

    @ParameterizedTest
    @MethodSource("sound")
    void knowsWhereChangesShow(String name) throws IOException, ImagingException {
        JsonNode oracle = Fixtures.oracle(name);
        try (Device device = open(name)) {
            Allocation allocation = new NtfsAllocator().recognise(device).orElseThrow();
            ExtentList telltale = allocation.telltale();
            assertThat(telltale.totalLength()).isBetween(64L << 10, TELLTALE_LIMIT);
            assertThat(telltale.end(telltale.count() - 1)).isLessThanOrEqualTo(device.length());
            assertThat(covers(telltale, oracle.get("mftCluster").asLong() * oracle.get("clusterSize").asLong())).isTrue();
            assertThat(covers(telltale, oracle.get("mftMirrorCluster").asLong() * oracle.get("clusterSize").asLong()))
                    .isTrue();
            for (String system : List.of("$LogFile", "$Bitmap")) {
                long lcn = oracle.get("systemFiles").get(system).get("runs").get(0).get(1).asLong();
                assertThat(covers(telltale, lcn * oracle.get("clusterSize").asLong())).as(system).isTrue();
            }
        }
    }

    private static boolean covers(ExtentList extents, long offset) {
        return extents.within(offset, 512).totalLength() == 512;
    }

    private static List<Piece> pieces(JsonNode oracle) {
        Map<Long, List<String>> paths = new HashMap<>();
        for (JsonNode file : oracle.get("files")) {
            paths.computeIfAbsent(file.get("inode").asLong(), inode -> new ArrayList<>())
                    .add("\\" + file.get("path").asText().replace('/', '\\'));
        }
        List<Piece> pieces = new ArrayList<>();
        for (JsonNode file : oracle.get("files")) {
            List<String> links = paths.get(file.get("inode").asLong());
            add(pieces, file, links, oracle);
            for (JsonNode stream : file.path("streams")) {
                add(pieces, stream, links.stream().map(path -> path + ":" + stream.get("name").asText()).toList(),
                        oracle);
            }
        }
        return pieces;
    }

    private static void add(List<Piece> pieces, JsonNode stream, List<String> paths, JsonNode oracle) {
        long clusterSize = oracle.get("clusterSize").asLong();
        for (JsonNode run : stream.path("runs")) {
            long left = stream.get("size").asLong() - run.get(0).asLong() * clusterSize;
            long length = Math.min(left, run.get(2).asLong() * clusterSize);
            if (run.get(1).asLong() >= 0 && length > 0) {
                pieces.add(new Piece(run.get(1).asLong() * clusterSize, length, paths));
            }
        }
    }

    private Device open(String name) throws IOException {
        Path file = Fixtures.unpack(name, folder);
        return new CountingDevice(Files.size(file), 512, new FileContent(file));
    }

    private static ExtentList range(long offset, long length) {
        return new ExtentList.Builder().add(offset, length).build();
    }
}
