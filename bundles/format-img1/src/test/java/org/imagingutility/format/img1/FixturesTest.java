package org.imagingutility.format.img1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.StreamSupport;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fixtures.Fixtures;
import org.imagingutility.tck.store.MemoryImageFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The images that were written by the facts of the C# tool's source, and what becomes of them when they are damaged. */
class FixturesTest {
    @TempDir
    Path folder;

    static List<String> sound() {
        return Fixtures.ofKind("legacy-img1").stream()
                .filter(name -> Fixtures.oracle(name).get("expect").asText().equals("ok")).toList();
    }

    @Test
    void thereAreImagesOfEveryVersion() {
        assertThat(sound().stream().map(name -> Fixtures.oracle(name).get("version").asInt())).contains(1, 2, 3);
    }

    @ParameterizedTest
    @MethodSource("sound")
    void soundImageGivesBackTheDevice(String name) throws Exception {
        JsonNode oracle = Fixtures.oracle(name);
        try (ImageReader reader = open(name)) {
            ImageInfo info = reader.info();
            assertThat(info.formatVersion()).isEqualTo(oracle.get("version").asInt());
            assertThat(info.spec().deviceLength()).isEqualTo(oracle.get("deviceLength").asLong());
            assertThat(info.spec().sectorSize()).isEqualTo(oracle.get("sectorSize").asInt());
            assertThat(info.spec().metadata().text("fileSystem.name").orElse(null))
                    .isEqualTo(oracle.get("fileSystem").asText(null));
            Contents contents = new Contents(reader);
            assertThat(contents.damages).isEmpty();
            assertThat(sha256(contents.device)).isEqualTo(oracle.get("deviceSha256").asText());
            assertThat(contents.used.build()).isEqualTo(chunks(oracle, Integer.MAX_VALUE));
            assertThat(info.usedBytes()).isEqualTo(contents.used.build().totalLength());
            assertThat(info.spec().usedOnly()).isEqualTo(info.usedBytes() < info.spec().deviceLength());
        }
    }

    @Test
    void flippedBitCostsTheWindowsOfItsChunkAndNothingElse() throws Exception {
        JsonNode oracle = Fixtures.oracle("legacy-flip");
        JsonNode bad = oracle.get("chunks").get(oracle.get("badChunk").asInt());
        long from = bad.get("deviceOffset").asLong();
        long end = from + bad.get("uncompressed").asLong();
        try (ImageReader reader = open("legacy-flip"); ImageReader whole = open("legacy-v3-used")) {
            Contents contents = new Contents(reader);
            assertThat(contents.damages).isNotEmpty()
                    .allSatisfy(damage -> assertThat(damage).contains("chunk " + oracle.get("badChunk").asInt()));
            long lostBytes = 0;
            for (long[] range : contents.lost) {
                assertThat(range[0]).isGreaterThan(from - Sections.FRAME);
                assertThat(range[0] + range[1]).isLessThan(end + Sections.FRAME);
                lostBytes += range[1];
            }
            assertThat(lostBytes).isGreaterThanOrEqualTo(end - from);
            byte[] expected = new Contents(whole).device;
            for (long[] range : contents.lost) {
                Arrays.fill(expected, (int) range[0], (int) (range[0] + range[1]), (byte) 0);
            }
            assertThat(contents.device).isEqualTo(expected);
        }
    }

    @Test
    void imageCutInItsLastChunkHasAllChunksBeforeAndSaysWhereTheRestIsLost() throws Exception {
        JsonNode oracle = Fixtures.oracle("legacy-no-tail");
        int whole = oracle.get("recoverableChunks").asInt();
        try (ImageReader reader = open("legacy-no-tail"); ImageReader sound = open("legacy-v3-used")) {
            Contents contents = new Contents(reader);
            ExtentList expected = chunks(oracle, whole);
            assertThat(contents.used.build()).isEqualTo(expected);
            long lostFrom = expected.end(expected.count() - 1);
            assertThat(contents.lost).hasSize(1);
            assertThat(contents.lost.get(0)).containsExactly(lostFrom, oracle.get("deviceLength").asLong() - lostFrom);
            assertThat(contents.damages).hasSize(2).anySatisfy(damage -> assertThat(damage).contains("ends early"));
            assertThat(contents.device).startsWith(Arrays.copyOf(new Contents(sound).device, (int) lostFrom));
        }
    }

    @Test
    void imageWhoseIndexIsCutHasAllChunksAndIsDamaged() throws Exception {
        JsonNode oracle = Fixtures.oracle("legacy-cut-index");
        try (ImageReader reader = open("legacy-cut-index")) {
            Contents contents = new Contents(reader);
            assertThat(contents.lost).isEmpty();
            assertThat(contents.damages).hasSize(1);
            assertThat(contents.used.build()).isEqualTo(chunks(oracle, oracle.get("recoverableChunks").asInt()));
            assertThat(sha256(contents.device)).isEqualTo(Fixtures.oracle("legacy-v3-used").get("deviceSha256").asText());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"legacy-index-count", "legacy-index-range"})
    void indexThatContradictsTheFileIsRefused(String name) {
        assertThatThrownBy(() -> open(name)).isInstanceOfSatisfying(ImageDamagedException.class, e -> {
            long start = Fixtures.oracle(name).get("indexStart").asLong();
            assertThat(e.offset()).isBetween(start, Fixtures.oracle(name).get("rawSize").asLong());
        });
    }

    private ImageReader open(String name) throws ImagingException, IOException {
        Path file = folder.resolve(name + ".img");
        if (!Files.exists(file)) {
            Fixtures.unpack(name, folder);
        }
        MemoryImageFile image = MemoryImageFile.of(Files.readAllBytes(file));
        assertThat(new Img1Format().recognises(image)).isTrue();
        return new Img1Format().open(image, (wireId, neededBy) -> new StoredCodec());
    }

    private static ExtentList chunks(JsonNode oracle, int limit) {
        ExtentList.Builder extents = new ExtentList.Builder();
        StreamSupport.stream(oracle.get("chunks").spliterator(), false).limit(limit).forEach(chunk ->
                extents.add(chunk.get("deviceOffset").asLong(), chunk.get("uncompressed").asLong()));
        return extents.build();
    }

    private static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(FrameProofs.sha256().digest(bytes));
    }
}
