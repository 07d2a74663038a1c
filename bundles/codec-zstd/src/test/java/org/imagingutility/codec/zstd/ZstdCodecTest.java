package org.imagingutility.codec.zstd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.nio.ByteBuffer;
import java.util.Random;
import org.imagingutility.api.codec.FrameCompressor;
import org.imagingutility.api.codec.FrameDecompressor;
import org.imagingutility.api.error.CodecException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZstdCodecTest {
    private final ZstdCodec codec = new ZstdCodec();

    @Test
    void roundTrips() throws CodecException {
        byte[] content = text(300_000);
        assertThat(decompress(compress(content, 3), content.length)).isEqualTo(content);
    }

    @Test
    void theLevelsAreThoseOfTheLibraryWithoutAskingItAtEachStart() {
        assertThat(codec.traits().minLevel()).isEqualTo(Zstd.minCompressionLevel());
        assertThat(codec.traits().maxLevel()).isEqualTo(Zstd.maxCompressionLevel());
        assertThat(codec.traits().defaultLevel()).isEqualTo(Zstd.defaultCompressionLevel());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 131_071, 131_072, 131_073, 1 << 20, (1 << 26) + 5})
    void zeroRunsBecomeZeros(long count) throws CodecException {
        byte[] stored = zeroRun(count);
        byte[] content = decompress(stored, (int) count);
        assertThat(content).isEqualTo(new byte[(int) count]);
    }

    @Test
    void aGibibyteOfZerosTakes32KiB() throws CodecException {
        assertThat(zeroRun(1L << 30)).hasSize(14 + 8192 * 4);
    }

    @Test
    void refusesTwoFramesSkippableFramesAndGarbageBehindAFrame() throws CodecException {
        byte[] frame = compress(text(1000), 3);
        byte[] half = compress(text(500), 3);
        byte[] skippable = {0x50, 0x2A, 0x4D, 0x18, 1, 0, 0, 0, 9};
        refused(concat(frame, new byte[1]), 1000);
        refused(concat(half, half), 1000);
        refused(concat(skippable, frame), 1000);
        refused(concat(frame, skippable), 1000);
        refused(skippable, 1);
    }

    @Test
    void refusesMoreOrLessContentThanExpected() throws CodecException {
        byte[] frame = compress(text(1000), 3);
        refused(frame, 999);
        refused(frame, 1001);
    }

    @Test
    void everyFlippedBitGivesAnErrorOrTheSameContent() throws CodecException {
        byte[] content = text(3000);
        byte[] frame = compress(content, 3);
        for (int bit = 0; bit < frame.length * 8; bit++) {
            byte[] flipped = frame.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                assertThat(decompress(flipped, content.length)).as("bit %d", bit).isEqualTo(content);
            } catch (CodecException e) {
                assertThat(e.codec()).isEqualTo("zstd");
            }
        }
    }

    private void refused(byte[] stored, int length) {
        assertThatThrownBy(() -> decompress(stored, length)).isInstanceOf(CodecException.class);
    }

    private byte[] compress(byte[] content, int level) throws CodecException {
        ByteBuffer stored = ByteBuffer.allocateDirect(codec.maxStoredLength(content.length));
        try (FrameCompressor compressor = codec.newCompressor(level)) {
            compressor.compress(direct(content), stored);
        }
        return bytes(stored.flip());
    }

    private byte[] decompress(byte[] stored, int length) throws CodecException {
        ByteBuffer content = ByteBuffer.allocateDirect(length);
        try (FrameDecompressor decompressor = codec.newDecompressor()) {
            decompressor.decompress(direct(stored), content);
        }
        return bytes(content.flip());
    }

    private byte[] zeroRun(long count) {
        ByteBuffer stored = ByteBuffer.allocateDirect(codec.zeroRunLength(count));
        codec.encodeZeroRun(count, stored);
        assertThat(stored.hasRemaining()).isFalse();
        return bytes(stored.flip());
    }

    private static byte[] text(int length) {
        Random random = new Random(7);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i % 97 < 60 ? 'a' + i % 7 : random.nextInt());
        }
        return bytes;
    }

    private static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static byte[] concat(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
    }
}
