package org.imagingutility.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrandingTest {
    @TempDir
    private Path conf;

    @Test
    void isTheProgramsOwnNameWithoutAFile() throws IOException {
        assertThat(Branding.read(conf).command()).isEqualTo("imaging");
        assertThat(Branding.read(conf).folder()).isEqualTo("imagingutility");
        assertThat(Branding.read(conf).version("1.2.3")).containsExactly("imaging 1.2.3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../up", "a/b", "a b", "-x", ".x", "ä"})
    void namesScriptsAndFoldersByPlainCharactersOnly(String command) throws IOException {
        Files.writeString(conf.resolve("branding.properties"), "command = " + command + "\n");
        assertThatThrownBy(() -> Branding.read(conf)).isInstanceOf(IOException.class).hasMessageContaining("branding.properties");
    }

    @Test
    void isWhatTheFileSays() throws IOException {
        Files.writeString(conf.resolve("branding.properties"),
                "command = acmeimage\nproduct = Acme Image\nversion = 2026.1\nbanner = one\\ntwo\nsupport = https://example.com\n");
        assertThat(Branding.read(conf).command()).isEqualTo("acmeimage");
        assertThat(Branding.read(conf).folder()).isEqualTo("acmeimage");
        assertThat(Branding.read(conf).version("1.2.3")).containsExactly("acmeimage 2026.1", "Acme Image, made of ImagingUtility 1.2.3",
                "one", "two", "Support: https://example.com");
    }
}
