package org.imagingutility.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class PrivateFolderTest {
    private static final int NOBODY = 65534;

    @TempDir
    private Path directory;

    private Path folder(String mode) throws IOException {
        Path folder = Files.createDirectory(directory.resolve("log"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
        return folder;
    }

    private static String mode(Path folder) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
    }

    @Test
    void newFoldersAreTheUsersAlone() throws Exception {
        Path folder = directory.resolve("data/log");
        PrivateFolder.make(folder);
        assertThat(mode(folder)).isEqualTo("rwx------");
        assertThat(mode(folder.getParent())).isEqualTo("rwx------");
        PrivateFolder.make(folder);
    }

    @Test
    void theUsersOwnFolderIsClosedToOthers() throws Exception {
        Path folder = folder("rwxrwxr-x");
        Files.createFile(folder.resolve("own"));
        PrivateFolder.make(folder);
        assertThat(mode(folder)).isEqualTo("rwx------");
    }

    @Test
    void refusesTheFolderOfAnotherUser() throws Exception {
        assumeRoot();
        Path folder = folder("rwxr-xr-x");
        Files.setAttribute(folder, "unix:uid", NOBODY);
        assertThatThrownBy(() -> PrivateFolder.make(folder)).isInstanceOf(IOException.class).hasMessageContaining("belongs to another user");
    }

    @Test
    void refusesAFolderThatAnotherUserHasPutAFileInto() throws Exception {
        assumeRoot();
        Path folder = folder("rwxrwxrwx");
        Path link = Files.createSymbolicLink(folder.resolve("imaging.0.0.log"), directory.resolve("elsewhere"));
        new ProcessBuilder("chown", "-h", Integer.toString(NOBODY), link.toString()).inheritIO().start().waitFor();
        assertThatThrownBy(() -> PrivateFolder.make(folder)).isInstanceOf(IOException.class).hasMessageContaining("imaging.0.0.log");
    }

    private static void assumeRoot() throws IOException {
        assumeTrue((Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0, "only root can make files of others");
    }
}
