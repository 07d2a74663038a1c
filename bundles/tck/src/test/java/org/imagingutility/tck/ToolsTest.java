package org.imagingutility.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToolsTest {
    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private final List<String> skipped = new ArrayList<>();

    @Test
    void whatIsThereLetsATestContinue() {
        Tools.require(skipped::add, true, "nothing", true);
        Tools.require(skipped::add, true, "nothing", false);
        assertThat(skipped).isEmpty();
    }

    @Test
    void whatIsMissingSkipsATest() {
        assertThatThrownBy(() -> Tools.require(ToolsTest::skip, false, "there is no such thing", false))
                .isInstanceOf(IllegalStateException.class).hasMessage("there is no such thing");
    }

    @Test
    void whatIsMissingFailsATestThatMustRun() {
        assertThatThrownBy(() -> Tools.require(ToolsTest::skip, false, "there is no such thing", true))
                .isInstanceOf(AssertionError.class).hasMessage("this test must run where CI=true, but there is no such thing");
    }

    @Test
    void aTestThatIsNotSkippedAllTheSameFails() {
        assertThatThrownBy(() -> Tools.require(skipped::add, false, "there is no such thing", false))
                .isInstanceOf(AssertionError.class).hasMessageContaining("was not skipped");
        assertThat(skipped).containsExactly("there is no such thing");
    }

    @Test
    void aCommandThatIsNotInstalledIsMissing() {
        assertThatThrownBy(() -> Tools.require(ToolsTest::skip, "no-such-command-anywhere"))
                .hasMessageContaining("the command no-such-command-anywhere is not installed");
    }

    @Test
    void aCommandsErrorsArePartOfWhatItPrintedButNotOfItsOutput() throws IOException {
        assertThat(Tools.run(JAVA, "-version")).contains("version");
        assertThat(Tools.output(JAVA, "-version")).isEmpty();
        assertThat(Tools.output(JAVA, "--version")).isNotEmpty();
    }

    @Test
    void aCommandThatFailsIsAnErrorWithWhatItSaid() {
        assertThatThrownBy(() -> Tools.run(JAVA, "--no-such-option")).isInstanceOf(IOException.class)
                .hasMessageContaining("failed").hasMessageContaining("no-such-option");
    }

    private static void skip(String reason) {
        throw new IllegalStateException(reason);
    }
}
