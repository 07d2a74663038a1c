package org.imagingutility.engine.repository.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.codec.FrameCompressor;
import org.imagingutility.api.codec.FrameDecompressor;
import org.imagingutility.engine.TestEngine;
import org.junit.jupiter.api.Test;

/** Frames in other bytes, which the codec takes for the same content. */
class EmptyBlocksTest {
    private static final int MOST = 16;

    @Test
    void theContentStaysTheSame() throws Exception {
        Codec zstd = new TestEngine().installed().codecs().all().stream().filter(codec -> codec.name().equals("zstd")).findFirst().orElseThrow();
        for (int length : new int[] {1, 300, 64 << 10, (4 << 20) - 512}) {
            for (boolean random : new boolean[] {true, false}) {
                byte[] bytes = new byte[length];
                if (random) {
                    new Random(length).nextBytes(bytes);
                }
                ByteBuffer content = ByteBuffer.allocateDirect(length).put(bytes).flip();
                ByteBuffer stored = ByteBuffer.allocateDirect(zstd.maxStoredLength(length));
                try (FrameCompressor compressor = zstd.newCompressor(3); FrameDecompressor decompressor = zstd.newDecompressor()) {
                    compressor.compress(content.duplicate(), stored);
                    stored.flip();
                    Set<ByteBuffer> forms = new HashSet<>(Set.of(stored));
                    for (int count = 1; count <= MOST; count++) {
                        ByteBuffer form = EmptyBlocks.in(stored, count);
                        assertThat(forms.add(form)).isTrue();
                        assertThat(form.remaining()).isLessThanOrEqualTo(zstd.maxStoredLength(length));
                        ByteBuffer back = ByteBuffer.allocateDirect(length);
                        decompressor.decompress(form.duplicate(), back);
                        assertThat(back.flip()).isEqualTo(content);
                    }
                }
            }
        }
    }
}
