package org.imagingutility.files.ntfs.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.imagingutility.tck.RandomSeed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Lznt1Test {
    private static final int UNIT = 65_536;

    private final Lznt1 lznt1 = new Lznt1();

    /** The example of [MS-XCA] 3.3. */
    @Test
    void expandsTheExampleOfTheSpecification() throws CompressedDataException {
        byte[] compressed = HexFormat.of().parseHex("38b08846232000204720410010a24701a045204400084501507900c045200524"
                + "138805b4024a44ef0358028c091601484500be009e000401189000");
        String expected = "F# F# G A A G F# E D D E F# F# E E F# F# G A A G F# E D D E F# E D D E E F# D E F# G F# D E F# G F#"
                + " E D E A F# F# G A A G F# E D D E F# E D D\0";
        byte[] target = new byte[Lznt1.CHUNK];
        lznt1.decompress(compressed, 0, compressed.length, target, target.length);
        assertThat(new String(target, 0, expected.length(), StandardCharsets.US_ASCII)).isEqualTo(expected);
        assertThat(Arrays.copyOfRange(target, expected.length(), target.length)).containsOnly(0);
    }

    @Test
    void expandsWhatACompressorMakes() throws CompressedDataException {
        Random random = new Random(RandomSeed.get());
        for (int i = 0; i < 40; i++) {
            int length = i == 0 ? UNIT : 1 + random.nextInt(UNIT);
            byte[] content = Samples.mixed(length, random.nextLong());
            byte[] compressed = Lznt1Compressor.compress(content);
            byte[] expected = Arrays.copyOf(content, UNIT);
            byte[] target = new byte[UNIT];
            Arrays.fill(target, (byte) 1);
            lznt1.decompress(compressed, 0, compressed.length, target, UNIT);
            assertThat(target).as("%d bytes, seed %d", length, RandomSeed.get()).isEqualTo(expected);
        }
    }

    @Test
    void readsTheRestOfAChunkAndOfTheUnitAsZeros() throws CompressedDataException {
        byte[] compressed = HexFormat.of().parseHex("02B0006162" + "02B0006364" + "0000" + "FFFF");
        byte[] target = new byte[3 * Lznt1.CHUNK];
        Arrays.fill(target, (byte) 1);
        lznt1.decompress(compressed, 0, compressed.length, target, target.length);
        byte[] expected = new byte[target.length];
        expected[0] = 'a';
        expected[1] = 'b';
        expected[Lznt1.CHUNK] = 'c';
        expected[Lznt1.CHUNK + 1] = 'd';
        assertThat(target).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "02C0006162, 0, a chunk has the head 0xC002 with 3 bytes left",
        "03B0006162, 0, a chunk has the head 0xB003 with 3 bytes left",
        "02B0010000, 3, 'a match leads back 1 bytes, only 0 of its chunk stand there'",
        "03B002610010, 4, 'a match leads back 2 bytes, only 1 of its chunk stand there'",
        "02B0026100, 4, a chunk ends inside a match",
        "03B00261FF0F, 4, a chunk expands to more than 4096 bytes"})
    void refusesWhatCannotBe(String compressed, int position, String reason) {
        byte[] bytes = HexFormat.of().parseHex(compressed);
        CompressedDataException refusal = catchThrowableOfType(CompressedDataException.class,
                () -> lznt1.decompress(bytes, 0, bytes.length, new byte[Lznt1.CHUNK], Lznt1.CHUNK));
        assertThat(refusal).hasMessage(reason);
        assertThat(refusal.position()).isEqualTo(position);
    }
}
