package org.imagingutility.file.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileIdentityTest {
    private static final FileTime MADE = FileTime.fromMillis(1000);
    @TempDir
    Path folder;

    @Test
    void aFileIsTheSameUnderEachOfItsNames() throws Exception {
        Path file = Files.createFile(folder.resolve("a"));
        Path other = Files.createLink(folder.resolve("b"), file);
        assertThat(FileIdentity.of(file)).isEqualTo(FileIdentity.of(other)).hasSameHashCodeAs(FileIdentity.of(other));
        assertThat(FileIdentity.of(file)).isNotEqualTo(FileIdentity.of(Files.createFile(folder.resolve("c"))));
    }

    @Test
    void bothTheKeyAndTheTimeCount() {
        assertThat(new FileIdentity(1L, null)).isEqualTo(new FileIdentity(1L, null)).isNotEqualTo(new FileIdentity(2L, null))
                .isNotEqualTo(new FileIdentity(1L, MADE)).isNotEqualTo(null).isNotEqualTo("1");
        assertThat(new FileIdentity(null, MADE)).isEqualTo(new FileIdentity(null, MADE)).hasSameHashCodeAs(new FileIdentity(null, MADE))
                .isNotEqualTo(new FileIdentity(null, FileTime.fromMillis(2000)));
    }
}
