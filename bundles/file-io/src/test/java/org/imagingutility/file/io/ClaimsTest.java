package org.imagingutility.file.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.imagingutility.api.error.TargetException;
import org.junit.jupiter.api.Test;

class ClaimsTest {
    @Test
    void aNameHasOneOwnerUntilItIsGivenUp() throws Exception {
        Claims claims = new Claims();
        Path path = Path.of("x");
        claims.take("r", path);
        assertThat(claims.contains(path)).isTrue();
        assertThatThrownBy(() -> claims.take("r", path)).isInstanceOf(TargetException.class)
                .hasMessageContaining("another job is writing it");
        claims.giveUp(path);
        assertThat(claims.contains(path)).isFalse();
        claims.take("r", path);
    }
}
