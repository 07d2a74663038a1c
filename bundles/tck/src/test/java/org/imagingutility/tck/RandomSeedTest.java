package org.imagingutility.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RandomSeedTest {
    @Test
    void isTheSameInEachRunUnlessAskedOtherwise() {
        assertThat(RandomSeed.of(null)).isEqualTo(RandomSeed.of(null));
        assertThat(RandomSeed.of("-7")).isEqualTo(-7);
        assertThat(RandomSeed.of("new")).isNotEqualTo(RandomSeed.of("new"));
    }

    @Test
    void refusesWhatIsNoNumber() {
        assertThatThrownBy(() -> RandomSeed.of("any")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("imaging.seed=any");
    }
}
