package org.imagingutility.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.tck.StoreCodec;
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
        Codec codec = new StoreCodec(name, wireId);
        plugins.codecs().add(codec, ranking, () -> Origin.ofModule(codec));
        return codec;
    }
}
