package org.imagingutility.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrandingTest {
    @TempDir
    private Path conf;

    @Test
    void isTheProgramsOwnNameWithoutAFile() throws IOException {
        assertThat(Branding.read(conf).command()).isEqualTo("imaging");
        assertThat(Branding.read(conf).version("1.2.3")).containsExactly("imaging 1.2.3");
    }

    @Test
    void isWhatTheFileSays() throws IOException {
        Files.writeString(conf.resolve("branding.properties"),
                "command = acmeimage\nproduct = Acme Image\nversion = 2026.1\nbanner = one\\ntwo\nsupport = https://example.com\n");
        assertThat(Branding.read(conf).command()).isEqualTo("acmeimage");
        assertThat(Branding.read(conf).version("1.2.3")).containsExactly("acmeimage 2026.1", "Acme Image, made of ImagingUtility 1.2.3",
                "one", "two", "Support: https://example.com");
    }
}
