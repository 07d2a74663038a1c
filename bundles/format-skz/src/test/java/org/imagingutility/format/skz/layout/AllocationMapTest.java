package org.imagingutility.format.skz.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.format.skz.structure.ImagePosition;
import org.imagingutility.format.skz.structure.StructureKind;
import org.imagingutility.format.skz.structure.StructureReader;
import org.imagingutility.format.skz.structure.StructureWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The allocation map: every list of extents has exactly one form. */
class AllocationMapTest {
    private static final long CHUNK = 1L << 40;

    @Test
    void takesThreeBytesForAChunkThatIsInUseAsAWhole() {
        ExtentList extents = new ExtentList.Builder().add(5L << 29, 1L << 29).build();
        assertThat(AllocationMap.encode(extents, 5L << 29)).containsExactly(29, 0, 1);
    }

    @ParameterizedTest
    @CsvSource({
        "000000, an extent of no bytes",
        "000200, an extent of no bytes behind a gap",
        "000002, a shift that is too small",
        "010001 00, a byte too many",
        "00008100, a number in a longer form than needed",
        "0080808080808001, a number that is too long",
        "FF0001, a negative shift",
        "290001, a shift beyond the largest chunk",
        "0000, an end within a number",
        "28000F, an extent that leaves the chunk",
        "280F01, a gap that leaves the chunk",
        "28FFFFFFFFFF0101, a gap that overflows"})
    void refuses(String hex, String what) {
        byte[] map = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertThatThrownBy(() -> AllocationMap.decode(map, 1, 0, CHUNK, source())).as(what)
                .isInstanceOf(ImageDamagedException.class);
    }

    @Test
    void refusesExtentsThatTouch() {
        assertThatThrownBy(() -> AllocationMap.decode(new byte[] {0, 0, 1, 0, 1}, 2, 0, CHUNK, source()))
                .isInstanceOf(ImageDamagedException.class).hasMessageContaining("touches");
    }

    private static StructureReader source() throws ImageDamagedException {
        ByteBuffer structure = StructureWriter.onHeap().begin(StructureKind.FOOTER).u64(0).end();
        return new StructureReader(structure, StructureKind.FOOTER, new ImagePosition("test", 0));
    }
}
