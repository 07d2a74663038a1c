package org.imagingutility.codec.compress;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.error.CodecException;

class CodecPropertiesTest {
    @Provide
    Arbitrary<Codec> codecs() {
        return Arbitraries.of(Codecs.all().toList());
    }

    @Property(tries = 300)
    void anySmallContentComesBackAtAnyLevel(@ForAll("codecs") Codec codec, @ForAll @Size(min = 1, max = 3000) byte[] content,
            @ForAll long seed) throws CodecException {
        int level = codec.traits().minLevel()
                + new Random(seed).nextInt(codec.traits().maxLevel() - codec.traits().minLevel() + 1);
        assertThat(Codecs.decompress(codec, Codecs.compress(codec, content, level), content.length)).isEqualTo(content);
    }

    @Property(tries = 150)
    void mixedContentOfAnyLengthComesBack(@ForAll("codecs") Codec codec, @ForAll @IntRange(min = 1, max = 300_000) int length,
            @ForAll long seed) throws CodecException {
        byte[] content = Codecs.mixed(length, seed);
        assertThat(Codecs.decompress(codec, Codecs.compress(codec, content), length)).isEqualTo(content);
    }

    /** Changed bytes, behind which checksums and lengths may hold or not: content of the right length or an error, nothing else. */
    @Property(tries = 1500)
    void changedBytesDoNoHarm(@ForAll("codecs") Codec codec, @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int changes) {
        Random random = new Random(seed);
        int length = 1 + random.nextInt(5000);
        byte[] stored;
        try {
            stored = Codecs.compress(codec, Codecs.mixed(length, seed));
        } catch (CodecException e) {
            throw new AssertionError(e);
        }
        for (int i = 0; i < changes; i++) {
            stored[random.nextInt(stored.length)] = (byte) random.nextInt();
        }
        expectLengthOrError(codec, stored, length);
    }

    @Property(tries = 1000)
    void noBytesAtAllDoHarm(@ForAll("codecs") Codec codec, @ForAll @Size(max = 300) byte[] tail,
            @ForAll @IntRange(min = 1, max = 300_000) int length) throws CodecException {
        byte[] begin = Codecs.compress(codec, new byte[1]);
        int kept = Math.min(begin.length, 12);
        expectLengthOrError(codec, ByteBuffer.allocate(kept + tail.length).put(begin, 0, kept).put(tail).array(), length);
    }

    private static void expectLengthOrError(Codec codec, byte[] stored, int length) {
        try {
            assertThat(Codecs.decompress(codec, stored, length)).hasSize(length);
        } catch (CodecException e) {
            assertThat(e).hasMessageContaining("damaged frame");
            assertThat(e.codec()).isEqualTo(codec.name());
        }
    }
}
