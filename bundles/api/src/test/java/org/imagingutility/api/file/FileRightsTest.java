package org.imagingutility.api.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileRightsTest {

    @ParameterizedTest
    @CsvSource({"0600,rw-------,rwx------", "640,rw-r-----,rwxr-x---", "0644,rw-r--r--,rwxr-xr-x", "660,rw-rw----,rwxrwx---",
        "0666,rw-rw-rw-,rwxrwxrwx", "620,rw--w----,rwx-w----"})
    void readsOctalNumbers(String text, String file, String folder) {
        FileRights rights = FileRights.parse(text).orElseThrow();
        assertThat(PosixFilePermissions.toString(rights.file())).isEqualTo(file);
        assertThat(PosixFilePermissions.toString(rights.folder())).isEqualTo(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "06000", "1600", "0700", "0200", "0611", "0680", "rw-", "-600", "6000", "o600", "00600"})
    void takesNothingElse(String text) {
        assertThat(FileRights.parse(text)).isEmpty();
    }

    @Test
    void filesArePrivateUnlessAsked() {
        assertThat(FileRights.asked()).isEqualTo(FileRights.PRIVATE);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "POSIX rights")
    void filesAndFoldersAreMadeThatWay(@TempDir Path directory) throws Exception {
        Path file = Files.createFile(directory.resolve("file"), FileRights.PRIVATE.ofFile(directory));
        Path folder = Files.createDirectory(directory.resolve("folder"), FileRights.PRIVATE.ofFolder(directory));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder))).isEqualTo("rwx------");
    }
}
