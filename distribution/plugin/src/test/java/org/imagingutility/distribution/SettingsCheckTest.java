package org.imagingutility.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsCheckTest {
    @TempDir
    private Path home;

    @Test
    void readsOptionsAsTheStartScriptDoes() throws IOException {
        Path file = home.resolve("jvm.options");
        assertThat(SettingsCheck.options(file)).isEmpty();
        Files.writeString(file, "# a comment\r\n  -Xmx1g  \r\n\r\n--add-opens a/b=c\r\n-Dlast=1");
        assertThat(SettingsCheck.options(file)).containsExactly("-Xmx1g", "--add-opens", "a/b=c", "-Dlast=1");
        Files.writeString(file, "Xmx1g\n");
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> SettingsCheck.options(file)).withMessageContaining("Xmx1g");
    }

    @Test
    void endsTheBuildWhereTheProgramDoesNotRun() throws IOException {
        Files.createDirectories(home.resolve("bundles"));
        assertThatNoException().isThrownBy(() -> new SettingsCheck(home, home.resolve("work")).run());
        Files.createFile(home.resolve("bundles/org.imagingutility.command-1.jar"));
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> new SettingsCheck(home, home.resolve("work")).run())
                .withMessageContaining("exit code 1").withMessageContaining("launcher.jar");
    }
}
