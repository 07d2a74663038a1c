package org.imagingutility.codec.zstd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.imagingutility.api.codec.FrameCompressor;
import org.imagingutility.api.codec.FrameDecompressor;
import org.imagingutility.api.error.CodecException;

class ZstdCodecPropertiesTest {
    private final ZstdCodec codec = new ZstdCodec();

    @Property(tries = 300)
    void anyContentComesBackAtAnyLevel(@ForAll @Size(min = 1, max = 5000) byte[] content,
            @ForAll @IntRange(min = -7, max = 22) int level) throws CodecException {
        assertThat(decompress(compress(content, level), content.length)).isEqualTo(content);
    }

    @Property(tries = 200)
    void mixedContentOfAnyLengthComesBack(@ForAll @IntRange(min = 1, max = 400_000) int length,
            @ForAll long seed) throws CodecException {
        Random random = new Random(seed);
        byte[] content = new byte[length];
        for (int at = 0; at < length; at += 1000 + random.nextInt(20_000)) {
            byte[] piece = new byte[Math.min(random.nextInt(10_000), length - at)];
            random.nextBytes(piece);
            System.arraycopy(piece, 0, content, at, piece.length);
        }
        assertThat(decompress(compress(content, 3), length)).isEqualTo(content);
    }

    @Property(tries = 100)
    void anyRunOfZerosComesBackAndItsLengthIsKnown(@ForAll @LongRange(min = 1, max = 3_000_000) long count)
            throws CodecException {
        ByteBuffer stored = ByteBuffer.allocateDirect(codec.zeroRunLength(count) + 1);
        codec.encodeZeroRun(count, stored);
        assertThat(stored.position()).isEqualTo(codec.zeroRunLength(count));
        byte[] bytes = new byte[stored.flip().remaining()];
        stored.get(bytes);
        assertThat(decompress(bytes, (int) count)).isEqualTo(new byte[(int) count]);
    }

    @Property(tries = 2000)
    void noBytesAtAllDoHarm(@ForAll @Size(max = 300) byte[] stored, @ForAll @IntRange(min = 1, max = 300_000) int length) {
        byte[] framed = ByteBuffer.allocate(stored.length + 4).putInt(0x28B52FFD).put(stored).array();
        try {
            assertThat(decompress(framed, length)).hasSize(length);
        } catch (CodecException e) {
            assertThat(e).hasMessageContaining("damaged frame");
        }
    }

    private byte[] compress(byte[] content, int level) throws CodecException {
        ByteBuffer stored = ByteBuffer.allocateDirect(codec.maxStoredLength(content.length));
        try (FrameCompressor compressor = codec.newCompressor(level)) {
            compressor.compress(ByteBuffer.allocateDirect(content.length).put(content).flip(), stored);
        }
        byte[] bytes = new byte[stored.flip().remaining()];
        stored.get(bytes);
        return bytes;
    }

    private byte[] decompress(byte[] stored, int length) throws CodecException {
        ByteBuffer content = ByteBuffer.allocateDirect(length);
        try (FrameDecompressor decompressor = codec.newDecompressor()) {
            decompressor.decompress(ByteBuffer.allocateDirect(stored.length).put(stored).flip(), content);
        }
        byte[] bytes = new byte[length];
        content.flip().get(bytes);
        return bytes;
    }
}
