package org.imagingutility.codec.zstd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.imagingutility.api.codec.FrameCompressor;
import org.imagingutility.tck.Content;
import org.imagingutility.tck.Tools;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code zstd -d} reads what the codec writes: the promise of its traits. */
@Tag("tools")
class StockCommandTest {
    private static final byte[] SKIPPABLE = {0x5A, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 7, 7, 7};

    @TempDir
    private Path directory;
    private final ZstdCodec codec = new ZstdCodec();

    @BeforeEach
    void requireZstd() {
        Tools.require(Assumptions::abort, "zstd");
    }

    @Test
    void framesZeroRunsAndSkippableFramesAreOneStream() throws Exception {
        byte[] first = Content.text(1 << 20, 1);
        byte[] second = Content.random(70_000, 2);
        long zeros = (1L << 20) + 12_345;
        Path image = directory.resolve("image.zst");
        try (var out = Files.newByteChannel(image, StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE)) {
            ByteBuffer stored = ByteBuffer.allocateDirect(codec.maxStoredLength(first.length));
            try (FrameCompressor compressor = codec.newCompressor(codec.traits().defaultLevel())) {
                out.write(ByteBuffer.wrap(SKIPPABLE));
                compressor.compress(Content.aligned(first), stored);
                out.write(stored.flip());
                out.write(ByteBuffer.wrap(SKIPPABLE));
                codec.encodeZeroRun(zeros, stored.clear());
                out.write(stored.flip());
                compressor.compress(Content.aligned(second), stored.clear());
                out.write(stored.flip());
                out.write(ByteBuffer.wrap(SKIPPABLE));
            }
        }
        byte[] expected = ByteBuffer.allocate((int) (first.length + zeros + second.length)).put(first)
                .position((int) (first.length + zeros)).put(second).array();
        assertThat(Files.readAllBytes(decompressed(image))).isEqualTo(expected);
    }

    @Test
    void theLongestRunOfZerosIsReadWithLittleMemory() throws Exception {
        ByteBuffer stored = ByteBuffer.allocate(codec.zeroRunLength(1L << 30));
        codec.encodeZeroRun(1L << 30, stored);
        Path image = Files.write(directory.resolve("zeros.zst"), stored.array());
        Path raw = decompressed(image, "--memory=128KB");
        assertThat(raw).hasSize(1L << 30);
        try (var in = Files.newInputStream(raw)) {
            byte[] zeros = new byte[1 << 20];
            for (byte[] read = in.readNBytes(zeros.length); read.length > 0; read = in.readNBytes(zeros.length)) {
                assertThat(Arrays.mismatch(zeros, read)).isIn(-1, read.length);
            }
        }
    }

    @Test
    void aLongFrameNeedsNoOption() throws Exception {
        byte[] content = Content.text(32 << 20, 3);
        ByteBuffer stored = ByteBuffer.allocateDirect(codec.maxStoredLength(content.length));
        try (FrameCompressor compressor = codec.newCompressor(9)) {
            compressor.compress(Content.aligned(content), stored);
        }
        Path image = Files.write(directory.resolve("big.zst"), Content.bytes(stored.flip()));
        assertThat(Arrays.mismatch(Files.readAllBytes(decompressed(image)), content)).isEqualTo(-1);
    }

    private Path decompressed(Path image, String... options) throws Exception {
        Path raw = image.resolveSibling(image.getFileName() + ".raw");
        var command = new ArrayList<>(List.of("zstd", "-d", "-q", image.toString(), "-o", raw.toString()));
        command.addAll(Arrays.asList(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return raw;
    }
}
