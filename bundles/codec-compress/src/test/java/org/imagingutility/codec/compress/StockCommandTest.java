package org.imagingutility.codec.compress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.codec.compress.gzip.GzipCodec;
import org.imagingutility.codec.compress.lz4.Lz4Codec;
import org.imagingutility.codec.compress.xz.XzCodec;
import org.imagingutility.tck.Tools;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tools that the formats are known by read each frame, {@code lz4 -d} whole images, and what the tools write is read. */
@Tag("tools")
class StockCommandTest {
    private static final byte[] SKIPPABLE = {0x51, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 7, 7, 7};

    @TempDir
    private Path directory;

    @Test
    void lz4ReadsFramesZeroRunsAndSkippableFramesAsOneStream() throws Exception {
        Tools.require(Assumptions::abort, "lz4");
        Lz4Codec codec = new Lz4Codec();
        ByteArrayOutputStream image = new ByteArrayOutputStream();
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        image.write(SKIPPABLE);
        for (int length : new int[] {1, 13, 4096, 65_536, 65_537, 300_000, (4 << 20) + 5, 9 << 20}) {
            byte[] content = Codecs.mixed(length, length);
            image.write(Codecs.compress(codec, content));
            expected.write(content);
            image.write(SKIPPABLE);
            ByteBuffer zeros = ByteBuffer.allocate(codec.zeroRunLength(length));
            codec.encodeZeroRun(length, zeros);
            image.write(zeros.array());
            expected.write(new byte[length]);
        }
        image.write(SKIPPABLE);
        Path file = Files.write(directory.resolve("image"), image.toByteArray());
        Path raw = directory.resolve("raw");
        String command = codec.traits().stockCommand().orElseThrow().replace("{image}", file.toString())
                .replace("{raw}", raw.toString());
        run(null, command.split(" "));
        assertThat(Files.mismatch(raw, Files.write(directory.resolve("expected"), expected.toByteArray()))).isEqualTo(-1);
    }

    @Test
    void eachToolReadsTheFramesOfItsFormatAndTheOtherWayRound() throws Exception {
        for (Codec codec : List.of(new GzipCodec(), new XzCodec(), new Lz4Codec(), new Bzip2Codec())) {
            Tools.require(Assumptions::abort, codec.name());
            byte[] content = Codecs.mixed(1_500_000, 3);
            byte[] back = run(Codecs.compress(codec, content), codec.name(), "-dc");
            assertThat(back).as(codec.name() + " -d").isEqualTo(content);
            // xz: with the dictionary that such a frame has
            String level = codec.name().equals("xz") ? "--lzma2=dict=1MiB" : "-6";
            byte[] stored = run(content, codec.name(), level, "-c");
            assertThat(Codecs.decompress(codec, stored, content.length)).as("what " + codec.name() + " wrote").isEqualTo(content);
        }
    }

    private byte[] run(byte[] input, String... command) throws Exception {
        Path in = Files.write(directory.resolve("in"), input == null ? new byte[0] : input);
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        int code = new ProcessBuilder(command).redirectInput(in.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile())
                .start().waitFor();
        assertThat(code).as(Files.readString(err, StandardCharsets.UTF_8)).isZero();
        return Files.readAllBytes(out);
    }
}
