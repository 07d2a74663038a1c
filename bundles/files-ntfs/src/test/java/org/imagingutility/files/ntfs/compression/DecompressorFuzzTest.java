package org.imagingutility.files.ntfs.compression;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.imagingutility.tck.RandomSeed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Changes compressed data at random: it expands to the length asked for, or an error names a byte of it; nothing else is written. */
class DecompressorFuzzTest {
    private static final int CHANGES = 3000;
    private static final int MARGIN = 64;
    private static final byte MARK = 0x5A;

    private final Random random = new Random(RandomSeed.get());
    private int expanded;
    private int refused;

    @ParameterizedTest
    @EnumSource(Format.class)
    void changedChunkIsExpandedOrRefused(Format format) throws IOException {
        List<byte[]> chunks = Chunks.of(WimlibTest.kept(format), WimlibTest.KEPT_LENGTH, format.chunkSize);
        Decompressor decompressor = format.decompressor();
        for (int i = 0; i < CHANGES; i++) {
            byte[] chunk = chunks.get(random.nextInt(chunks.size()));
            tryOut(decompressor, changed(chunk), format.chunkSize);
        }
        assertThat(refused).isPositive();
        assertThat(expanded).isPositive();
    }

    @Test
    void changedUnitIsExpandedOrRefused() {
        byte[] unit = Lznt1Compressor.compress(Samples.mixed(65_536, 7));
        for (int i = 0; i < CHANGES; i++) {
            tryOut(new Lznt1(), changed(unit), 65_536);
        }
        assertThat(refused).isPositive();
        assertThat(expanded).isPositive();
    }

    /** Every wrong end of a piece: none can expand to more than it has been cut to. */
    @ParameterizedTest
    @EnumSource(Format.class)
    void truncatedChunkIsRefused(Format format) throws IOException {
        byte[] chunk = Chunks.of(WimlibTest.kept(format), WimlibTest.KEPT_LENGTH, format.chunkSize).get(0);
        for (int length = 0; length < chunk.length - 4; length += 1 + length / 64) {
            expanded = 0;
            tryOut(format.decompressor(), Arrays.copyOf(chunk, length), format.chunkSize);
            assertThat(expanded).as("%d bytes of %d", length, chunk.length).isZero();
        }
    }

    private byte[] changed(byte[] data) {
        byte[] copy = random.nextInt(10) == 0 ? Arrays.copyOf(data, random.nextInt(data.length + 1)) : data.clone();
        for (int i = random.nextInt(4); i >= 0 && copy.length > 0; i--) {
            int at = random.nextInt(random.nextBoolean() ? Math.min(copy.length, 300) : copy.length);
            copy[at] = (byte) (random.nextBoolean() ? random.nextInt() : copy[at] ^ 1 << random.nextInt(8));
        }
        return copy;
    }

    private void tryOut(Decompressor decompressor, byte[] data, int length) {
        byte[] source = new byte[data.length + 2 * MARGIN];
        Arrays.fill(source, MARK);
        System.arraycopy(data, 0, source, MARGIN, data.length);
        byte[] target = new byte[length + MARGIN];
        Arrays.fill(target, length, target.length, MARK);
        try {
            decompressor.decompress(source, MARGIN, data.length, target, length);
            expanded++;
        } catch (CompressedDataException refusal) {
            assertThat(refusal.position()).isBetween(0, data.length);
            refused++;
        }
        assertThat(Arrays.copyOfRange(target, length, target.length)).as("seed %d", RandomSeed.get()).containsOnly(MARK);
    }
}
