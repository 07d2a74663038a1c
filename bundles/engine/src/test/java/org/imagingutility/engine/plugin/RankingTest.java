package org.imagingutility.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.codec.CodecTraits;
import org.imagingutility.api.codec.FrameCompressor;
import org.imagingutility.api.codec.FrameDecompressor;
import org.imagingutility.api.error.ImagingException;
import org.junit.jupiter.api.Test;

/** Which of several plug-ins with one name or one wire id is used. */
class RankingTest {
    private final Plugins plugins = new Plugins();

    @Test
    void ofTwoCodecsWithOneNameTheOneOfHigherRankingIsUsedWhicheverCameFirst() throws ImagingException {
        Codec low = add("twin", 40_001, 0);
        Codec high = add("twin", 40_002, 5);
        assertThat(plugins.codecNamed("twin")).isSameAs(high);
        Codec higher = add("twin", 40_003, 10);
        add("twin", 40_004, -1);
        assertThat(plugins.codecNamed("twin")).isSameAs(higher);
        plugins.codecs().remove(higher);
        assertThat(plugins.codecNamed("twin")).isSameAs(high);
        plugins.codecs().remove(high);
        assertThat(plugins.codecNamed("twin")).isSameAs(low);
    }

    @Test
    void ofTwoCodecsWithOneWireIdTheOneOfHigherRankingReadsImages() throws ImagingException {
        Codec low = add("one", 40_001, 0);
        assertThat(plugins.codecByWireId(40_001, "test")).isSameAs(low);
        Codec high = add("other", 40_001, 1);
        assertThat(plugins.codecByWireId(40_001, "test")).isSameAs(high);
        assertThat(plugins.codecNamed("one")).isSameAs(low);
        plugins.codecs().remove(high);
        assertThat(plugins.codecByWireId(40_001, "test")).isSameAs(low);
    }

    @Test
    void ofEqualRankingTheOneThatCameFirstIsUsed() throws ImagingException {
        Codec first = add("twin", 40_001, 3);
        add("twin", 40_001, 3);
        assertThat(plugins.codecNamed("twin")).isSameAs(first);
        assertThat(plugins.codecByWireId(40_001, "test")).isSameAs(first);
    }

    private Codec add(String name, int wireId, int ranking) {
        Codec codec = new Nameplate(name, wireId);
        plugins.codecs().add(codec, ranking, () -> Origin.ofModule(codec));
        return codec;
    }

    /** A codec of which only name and wire id are asked; each is another one, whatever they are. */
    private static final class Nameplate implements Codec {
        private final String name;
        private final int wireId;

        Nameplate(String name, int wireId) {
            this.name = name;
            this.wireId = wireId;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int wireId() {
            return wireId;
        }

        @Override
        public CodecTraits traits() {
            return new CodecTraits(0, 0, 0, Optional.empty(), 0);
        }

        @Override
        public int maxStoredLength(int contentLength) {
            return contentLength;
        }

        @Override
        public FrameCompressor newCompressor(int level) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FrameDecompressor newDecompressor() {
            throw new UnsupportedOperationException();
        }
    }
}
