package org.imagingutility.files.ntfs.compression;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.imagingutility.tck.RandomSeed;
import org.imagingutility.tck.Tools;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** XPRESS and LZX against what wimlib makes: kept resources, and new ones where wimlib is installed. */
class WimlibTest {
    /** The kept resources are samples of this length and seed ({@code xpress4k.chunks} and so on, by wimlib 1.13.6). */
    static final int KEPT_LENGTH = 100_003;
    static final long KEPT_SEED = 7;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Format.class)
    void expandsWhatIsKept(Format format) throws IOException, CompressedDataException {
        assertThat(Chunks.expand(kept(format), KEPT_LENGTH, format.chunkSize, format.decompressor()))
                .isEqualTo(Samples.mixed(KEPT_LENGTH, KEPT_SEED));
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void expandsWhatWimlibMakes(Format format) throws IOException, CompressedDataException {
        Tools.require(Assumptions::abort, Wimlib.COMMAND);
        long seed = RandomSeed.get();
        List<byte[]> contents = List.of(Samples.text(700, seed), Samples.text(format.chunkSize - 1, seed),
                Samples.text(format.chunkSize, seed), Samples.text(format.chunkSize + 1, seed), Samples.mixed(1_000_000, seed));
        for (byte[] content : contents) {
            byte[] resource = Wimlib.compress(content, format, folder);
            assertThat(Chunks.expand(resource, content.length, format.chunkSize, format.decompressor()))
                    .as("%s of %d bytes, seed %d", format, content.length, seed).isEqualTo(content);
        }
    }

    /** Returns a kept resource. */
    static byte[] kept(Format format) throws IOException {
        try (InputStream in = WimlibTest.class.getResourceAsStream("/" + format.name().toLowerCase(Locale.ROOT) + ".chunks")) {
            return in.readAllBytes();
        }
    }
}
