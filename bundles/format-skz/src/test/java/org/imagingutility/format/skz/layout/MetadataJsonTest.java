package org.imagingutility.format.skz.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.imagingutility.api.Metadata;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.format.skz.structure.ImagePosition;
import org.imagingutility.format.skz.structure.StructureKind;
import org.imagingutility.format.skz.structure.StructureReader;
import org.imagingutility.format.skz.structure.StructureWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Metadata as JSON. */
class MetadataJsonTest {

    @Test
    void sortsKeysAndEscapesAllButAscii() {
        Metadata metadata = Metadata.of(Map.of("b", "Ü\"\n", "a", 1L << 62, "c", true));
        assertThat(new String(MetadataJson.encode(metadata), StandardCharsets.US_ASCII))
                .isEqualTo("{\"a\":4611686018427387904,\"b\":\"\\u00DC\\\"\\n\",\"c\":true}");
    }

    @Test
    void keepsALabelThatIsNoValidUnicode() throws ImageDamagedException {
        Metadata metadata = Metadata.of(Map.of("volume.label", "half \uD83D of a pair", "empty", ""));
        assertThat(MetadataJson.decode(MetadataJson.encode(metadata), source())).isEqualTo(metadata);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{\"a\":", "{\"a\":1.5}", "{\"a\":null}", "{\"a\":{}}", "{\"a\":[1]}",
        "{\"a\":1,\"a\":2}", "{} {}", "{}x", "{\"a\":9223372036854775808}", "{\"a\"", "\"a\"", "{\"a\":tru}"})
    void refuses(String json) {
        assertThatThrownBy(() -> MetadataJson.decode(json.getBytes(StandardCharsets.US_ASCII), source()))
                .isInstanceOf(ImageDamagedException.class);
    }

    private static StructureReader source() throws ImageDamagedException {
        ByteBuffer structure = StructureWriter.onHeap().begin(StructureKind.FOOTER).u64(0).end();
        return new StructureReader(structure, StructureKind.FOOTER, new ImagePosition("test", 0));
    }
}
