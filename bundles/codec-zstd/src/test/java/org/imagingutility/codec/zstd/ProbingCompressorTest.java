package org.imagingutility.codec.zstd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.codec.CodecTraits;
import org.imagingutility.api.codec.FrameCompressor;
import org.imagingutility.api.codec.FrameDecompressor;
import org.imagingutility.api.error.CodecException;
import org.imagingutility.tck.Content;
import org.imagingutility.tck.codec.CodecContract;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbingCompressorTest {
    private static final int FRAME = 4 << 20;
    private static final int LEVEL = 9;
    private static final int RAW_BLOCKS_REST = 64 + FRAME / (128 << 10) * 3;

    private final ZstdCodec codec = new ZstdCodec();

    @TestFactory
    Stream<DynamicTest> keepsTheContract() {
        return new CodecContract(new Probing()).checks().stream()
                .map(check -> DynamicTest.dynamicTest(check.name(), check.action()::run));
    }

    @Test
    void whatDoesNotCompressIsStoredAndReadByTheOrdinaryDecompressor() throws CodecException {
        byte[] noise = Content.random(FRAME, 1);
        byte[] stored = probing(noise);
        assertThat(stored.length).isBetween(FRAME, FRAME + RAW_BLOCKS_REST);
        ByteBuffer back = ByteBuffer.allocateDirect(FRAME);
        try (FrameDecompressor decompressor = codec.newDecompressor()) {
            decompressor.decompress(Content.aligned(stored), back);
        }
        assertThat(Content.bytes(back.flip())).isEqualTo(noise);
    }

    @Test
    void whatCompressesGivesTheSameBytesAsWithoutLooking() throws CodecException {
        byte[] text = Content.text(FRAME, 1);
        assertThat(probing(text)).isEqualTo(plain(text));
    }

    @ParameterizedTest
    @ValueSource(ints = {1 << 16, 1 << 20, FRAME, FRAME + 513, 16 << 20})
    void piecesThatCompressAmongNoiseAreSeen(int length) throws CodecException {
        Random random = new Random(length);
        for (int part : new int[] {4, 16, 48}) {
            byte[] content = Content.random(length, part);
            // one part in so many of it is text, in files of 4 to 60 KiB anywhere
            for (int left = length / part; left > 0;) {
                int count = Math.min(left, 4096 * (1 + random.nextInt(15)));
                byte[] text = Content.text(count, random.nextInt());
                System.arraycopy(text, 0, content, random.nextInt(length - count + 1), count);
                left -= count;
            }
            int plain = plain(content).length;
            assertThat(probing(content).length).as("1/%d text", part).isLessThanOrEqualTo(plain + plain / 100);
        }
    }

    @Test
    void noiseThatIsThereTwiceIsSeen() throws CodecException {
        byte[] content = Content.random(FRAME, 2);
        System.arraycopy(content, 5 * 512, content, FRAME / 2 + 77 * 512, 300_000);
        assertThat(probing(content).length).isLessThan(FRAME - 290_000);
    }

    @Test
    void noiseOfFewDifferentBytesIsSeen() throws CodecException {
        byte[] content = Content.random(FRAME, 3);
        for (int i = 0; i < FRAME; i++) {
            content[i] &= 0x7F;
        }
        assertThat(probing(content)).isEqualTo(plain(content));
    }

    @Test
    void lookingIsLeftOutWhereTheLevelIsQuickAnyway() throws CodecException {
        try (FrameCompressor quick = codec.newProbingCompressor(ProbingCompressor.LEAST_LEVEL - 1);
                FrameCompressor slow = codec.newProbingCompressor(ProbingCompressor.LEAST_LEVEL)) {
            assertThat(quick).isInstanceOf(ZstdFrameCompressor.class);
            assertThat(slow).isInstanceOf(ProbingCompressor.class);
        }
    }

    private byte[] probing(byte[] content) throws CodecException {
        return compress(codec.newProbingCompressor(LEVEL), content);
    }

    private byte[] plain(byte[] content) throws CodecException {
        return compress(codec.newCompressor(LEVEL), content);
    }

    private byte[] compress(FrameCompressor made, byte[] content) throws CodecException {
        ByteBuffer stored = ByteBuffer.allocateDirect(codec.maxStoredLength(content.length));
        try (FrameCompressor compressor = made) {
            compressor.compress(Content.aligned(content), stored);
        }
        return Arrays.copyOf(Content.bytes(stored.flip()), stored.limit());
    }

    /** The codec as users choose it by the name auto. */
    private final class Probing implements Codec {
        @Override
        public String name() {
            return codec.name();
        }

        @Override
        public int wireId() {
            return codec.wireId();
        }

        @Override
        public CodecTraits traits() {
            return codec.traits();
        }

        @Override
        public int maxStoredLength(int contentLength) {
            return codec.maxStoredLength(contentLength);
        }

        @Override
        public FrameCompressor newCompressor(int level) throws CodecException {
            return codec.newProbingCompressor(level);
        }

        @Override
        public FrameDecompressor newDecompressor() throws CodecException {
            return codec.newDecompressor();
        }

        @Override
        public void encodeZeroRun(long zeroCount, ByteBuffer stored) {
            codec.encodeZeroRun(zeroCount, stored);
        }

        @Override
        public int zeroRunLength(long zeroCount) {
            return codec.zeroRunLength(zeroCount);
        }
    }
}
