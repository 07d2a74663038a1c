package org.imagingutility.engine.repository.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.imagingutility.api.Digest;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.Metadata;
import org.imagingutility.api.blobs.BlobKeys;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.container.FrameKind;
import org.imagingutility.api.container.ImageDigests;
import org.imagingutility.api.container.ImageSpec;
import org.junit.jupiter.api.Test;

/** The bytes of the objects, against docs/repository-format.md. */
class ObjectsTest {
    private static final Digest D = Digest.ofHex("ab".repeat(32));
    private static final FrameInfo FRAME = new FrameInfo(3, FrameKind.DATA, 65_536, 1234, 0x0012ABCD, D,
            new ExtentList.Builder().add(196_608, 512).build());
    private static final Table TABLE = new Table(196_608, 65_536, 3, new ExtentList.Builder().add(196_608, 4096).build(), List.of(FRAME));

    private static Manifest manifest() {
        ImageSpec spec = new ImageSpec(1 << 20, 512, 65_536, 1 << 20, "zstd", 1, 3, true, Instant.parse("2026-11-24T10:20:30Z"), 1, 1,
                Metadata.of(Map.of("device.model", "Ex\u00e4mple", "device.size", 5L, "device.removable", true)));
        List<Manifest.Chunk> chunks = List.of(new Manifest.Chunk(196_608, 65_536, 1, 4096, 1234, 512, D));
        return new Manifest(List.of(), "0".repeat(32), "pc", spec, Metadata.empty(), new ImageDigests(RepositoryDigests.image(spec, chunks), D),
                chunks);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void keysAreAsDocumented() {
        assertThat(ObjectNames.frame(FRAME)).isEqualTo("frames/abab/" + "ab".repeat(32) + "-0012abcd-1234.zst").matches(BlobKeys::isKey);
        assertThat(ObjectNames.table(D)).isEqualTo("chunks/ab/" + "ab".repeat(32) + ".json").matches(BlobKeys::isKey);
        assertThat(ObjectNames.image("pc", Instant.parse("2026-11-24T10:20:30Z"), D))
                .isEqualTo("images/pc/20261124t102030z-abababababababab.json").matches(BlobKeys::isKey);
        assertThat(ObjectNames.stored(D, ObjectNames.frame(FRAME))).contains(new ObjectNames.Stored(0x0012ABCD, 1234));
        for (String other : List.of("-0012abcd-01234.zst", "-0012abcd-0.zst", "-0012abcd--1.zst", "-0012ABCD-1234.zst", "-0012abcd-1234.zst.x",
                "-0012abcd-99999999999.zst", "-12abcd-1234.zst", "")) {
            assertThat(ObjectNames.stored(D, "frames/abab/" + "ab".repeat(32) + other)).as(other).isEmpty();
        }
    }

    @Test
    void aTableIsAsDocumented() throws IOException {
        assertThat(text(TABLE.encode())).isEqualTo("{\"table\":1,\"offset\":196608,\"length\":65536,\"level\":3,\"extents\":[[196608,4096]],"
                + "\"frames\":[{\"index\":3,\"length\":65536,\"kind\":\"data\",\"sha256\":\"" + "ab".repeat(32)
                + "\",\"crc32c\":\"0012abcd\",\"stored\":1234,\"unreadable\":[[196608,512]]}]}");
        assertThat(Table.decode(TABLE.encode())).isEqualTo(TABLE);
    }

    @Test
    void aManifestComesBack() throws IOException {
        Manifest manifest = manifest();
        assertThat(Manifest.decode(manifest.encode())).isEqualTo(manifest);
        assertThat(text(manifest.encode())).startsWith("{\"image\":1,\"requires\":[],\"repository\":\"").contains("Ex\\u00E4mple");
    }

    @Test
    void aConfigurationComesBack() throws IOException {
        Configuration configuration = Configuration.of("0123456789abcdef".repeat(2), Instant.parse("2026-11-24T10:20:30Z"));
        assertThat(Configuration.decode(configuration.encode())).isEqualTo(configuration);
    }

    @Test
    void fieldsThatAreNotKnownArePassedOver() throws IOException {
        String more = "\"later\":{\"a\":[1,{\"b\":null}]},";
        assertThat(Table.decode(text(TABLE.encode()).replace("{\"table\"", "{" + more + "\"table\"").replace("{\"index\"", "{" + more + "\"index\"")
                .getBytes(StandardCharsets.UTF_8))).isEqualTo(TABLE);
        assertThat(Manifest.decode(text(manifest().encode()).replace("{\"image\"", "{" + more + "\"image\"").getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(manifest());
    }

    @Test
    void whatALaterProgramRequiresIsTooNew() {
        for (String[] change : new String[][] {{"\"image\":1", "\"image\":2"}, {"\"requires\":[]", "\"requires\":[\"sealed\"]"}}) {
            assertThatThrownBy(() -> Manifest.decode(text(manifest().encode()).replace(change[0], change[1]).getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(Manifest.TooNewException.class);
        }
    }

    private interface Decoder {
        Object decode(byte[] bytes) throws IOException;
    }

    /** Whatever is changed, it is read, or refused as what it is. */
    @Test
    void changedTextsAreReadOrRefused() {
        Random random = new Random(7);
        Map<byte[], Decoder> good = Map.of(TABLE.encode(), Table::decode, manifest().encode(), Manifest::decode);
        String characters = "0123456789-+eE.\"{}[],:nulltrue ab\\u";
        good.forEach((bytes, decoder) -> {
            int refused = 0;
            for (int i = 0; i < 20_000; i++) {
                byte[] bad = bytes.clone();
                for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                    bad[random.nextInt(bad.length)] = (byte) characters.charAt(random.nextInt(characters.length()));
                }
                try {
                    assertThat(decoder.decode(bad)).isNotNull();
                } catch (IOException e) {
                    refused++;
                }
            }
            assertThat(refused).isPositive();
        });
    }
}
