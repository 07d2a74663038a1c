package org.imagingutility.launcher.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(value = {OS.LINUX, OS.MAC}, disabledReason = "POSIX rights")
class PrivateFolderTest {
    @TempDir
    private Path root;

    @Test
    void isMadeForThisUserAlone() throws IOException {
        Path folder = root.resolve("a").resolve("b");
        PrivateFolder.claim(folder);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder))).isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.getParent()))).isEqualTo("rwx------");
        PrivateFolder.claim(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwx---", "rwx----w-", "rwxrwxrwx"})
    void isRefusedWhereOthersMayWrite(String rights) throws IOException {
        Path folder = Files.createDirectory(root.resolve("a"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(rights));
        assertThat(PrivateFolder.isOwnButOpen(folder)).isTrue();
        assertThatThrownBy(() -> PrivateFolder.claim(folder)).isInstanceOf(IOException.class).hasMessageContaining("others write");
    }

    @Test
    void isRefusedBelowAFolderThatEverybodyMayWriteTo() throws IOException {
        Path open = Files.createDirectory(root.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path folder = open.resolve("cache");
        assertThatThrownBy(() -> PrivateFolder.claim(folder)).isInstanceOf(IOException.class).hasMessageContaining("everybody");
        assertThat(PrivateFolder.isOwnButOpen(folder)).isFalse();
    }

    @Test
    void isRefusedAsALink() throws IOException {
        Path link = Files.createSymbolicLink(root.resolve("link"), Files.createDirectory(root.resolve("real")));
        assertThat(PrivateFolder.fault(link)).isEqualTo("it is no folder");
    }

    @Test
    void mayBeReadByOthers() throws IOException {
        Path folder = Files.createDirectory(root.resolve("a"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(PrivateFolder.fault(folder)).isNull();
        PrivateFolder.hide(folder);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder))).isEqualTo("rwx------");
    }
}
