package org.imagingutility.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.imagingutility.launcher.profile.CannotStartException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassedArgumentsTest {
    @Test
    void takesArgumentsApartWhateverIsInThem() throws CannotStartException {
        assertThat(PassedArguments.parse("5:image0:6:a b\"c\n4:12:x2:\uD83D\uDCBE")).containsExactly("image", "", "a b\"c\n", "12:x", "\uD83D\uDCBE");
    }

    @Test
    void takesNoArgumentsFromAnEmptyVariable() throws CannotStartException {
        assertThat(PassedArguments.parse("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "5:imag", "x:a", ":a", "-1:a", "4294967295:a", "2147483647:a"})
    void refusesWhatTheStartProgramDoesNotSet(String variable) {
        assertThatThrownBy(() -> PassedArguments.parse(variable)).isInstanceOf(CannotStartException.class).hasMessageContaining("IMAGING_ARGUMENTS");
    }

    @Test
    void takesWhatWasTypedIfTheStartProgramPassedNothing() throws CannotStartException {
        String[] typed = {"list"};
        assertThat(PassedArguments.orElse(typed, Map.of("IMAGING_ARGUMENTS", "4:info"))).isSameAs(typed);
    }

    @Test
    void takesWhatTheStartProgramPassed() throws CannotStartException {
        System.setProperty("imaging.arguments", "environment");
        try {
            assertThat(PassedArguments.orElse(new String[0], Map.of("IMAGING_ARGUMENTS", "4:info"))).containsExactly("info");
            assertThat(PassedArguments.orElse(new String[0], Map.of())).isEmpty();
        } finally {
            System.clearProperty("imaging.arguments");
        }
    }
}
