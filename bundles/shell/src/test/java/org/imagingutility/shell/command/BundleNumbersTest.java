package org.imagingutility.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.imagingutility.shell.interactive.FakeContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;

class BundleNumbersTest {
    private final FakeContext context = new FakeContext();
    private final BundleNumbers numbers = new BundleNumbers(context.asContext());

    @Test
    void aNumberIsTheBundleThatHasIt() {
        context.bundle(12, "file:a.jar");
        assertThat(numbers.convert(Bundle.class, "12")).isInstanceOfSatisfying(Bundle.class,
                bundle -> assertThat(bundle.getBundleId()).isEqualTo(12));
        assertThat(numbers.convert(Bundle.class, 12L)).as("gogo makes numbers of words").isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"13", "", "-1", "1e1", "zstd", "9999999999999999999", "999999999999999999"})
    void allElseIsNone(String word) {
        context.bundle(12, "file:a.jar");
        assertThat(numbers.convert(Bundle.class, word)).isNull();
    }

    @Test
    void otherTypesAreLeftToOthers() {
        context.bundle(12, "file:a.jar");
        assertThat(numbers.convert(String.class, "12")).isNull();
    }
}
