package org.imagingutility.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InvocationTest {
    @Test
    void nothingAndTheWordShellOpenTheShell() {
        assertThat(of(true).shell()).isTrue();
        assertThat(of(true, "shell").arguments()).isEmpty();
        Invocation script = of(true, "shell", "night.gogo", "shell");
        assertThat(script.shell()).isTrue();
        assertThat(script.arguments()).containsExactly("night.gogo", "shell");
        assertThat(of(true, "shell", "-c", "image --help").shell()).isTrue();
    }

    @Test
    void aCommandAndAQuestionAboutTheShellDoNot() {
        assertThat(of(true, "image", "shell").shell()).isFalse();
        assertThat(of(true, "shell", "--help").shell()).isFalse();
        assertThat(of(true, "shell", "--help").arguments()).containsExactly("shell", "--help");
        assertThat(of(true, "help", "shell").shell()).isFalse();
    }

    @Test
    void withoutAShellInTheDistributionAllIsACommandLine() {
        assertThat(of(false).shell()).isFalse();
        assertThat(of(false, "shell", "night.gogo").arguments()).containsExactly("shell", "night.gogo");
        assertThat(of(false, "shell").shell()).isFalse();
    }

    private static Invocation of(boolean shellInstalled, String... typed) {
        return Invocation.of(typed, shellInstalled);
    }
}
