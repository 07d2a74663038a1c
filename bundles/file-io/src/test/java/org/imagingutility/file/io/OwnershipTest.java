package org.imagingutility.file.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.imagingutility.api.error.TargetException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, disabledReason = "POSIX owners and rights")
class OwnershipTest {
    private static final int NOBODY = 65534;

    @TempDir
    private Path directory;
    private Path file;

    @BeforeEach
    void makeFile() throws Exception {
        folderMode("rwxrwxrwx");
        file = Files.writeString(directory.resolve("a.partial"), "begun");
        mode("rw-r--r--");
    }

    private void mode(String mode) throws Exception {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private void folderMode(String mode) throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(mode));
    }

    private void require(boolean oneName) throws Exception {
        LockedFile opened = LockedFile.open("a", file, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE));
        try (var channel = opened.channel()) {
            Ownership.require("a", opened, file, oneName);
            assertThat(channel.isOpen()).isTrue();
        }
    }

    private void assertRefused(String words, String remedy) {
        assertThatThrownBy(() -> require(true)).isInstanceOf(TargetException.class).hasMessageContaining(words)
                .satisfies(e -> assertThat(((TargetException) e).remedy().orElseThrow()).contains(remedy));
        assertThat(directory.toFile().list()).as("nothing is left of what it was compared with").noneMatch(name -> name.endsWith(".probe"));
    }

    @Test
    void takesTheUsersOwnFile() throws Exception {
        require(true);
        mode("rw-------");
        require(true);
    }

    @Test
    void refusesAFileThatOthersMayWriteInAFolderThatTheyMayEnter() throws Exception {
        for (String mode : new String[] {"rw-rw-rw-", "rw-rw-r--", "rw-----w-"}) {
            mode(mode);
            assertRefused("may be written by other users", "chmod go-w");
        }
        folderMode("rwx------");
        require(true);
    }

    @Test
    void refusesTheFileOfAnotherUser() throws Exception {
        assumeTrue((Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0, "only root can make files of others");
        Files.setAttribute(file, "unix:uid", NOBODY);
        assertRefused("belongs to another user", "chown");
    }

    @Test
    void refusesAFileWithASecondName() throws Exception {
        Files.createLink(directory.resolve("second"), file);
        assertRefused("has another name", "remove one of the names");
        require(false);
    }

    @Test
    void followsNoLinkOfAnotherUserInAFolderThatOthersMayWriteTo() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);
        Ownership.requireOwnLink("a", link);
        Ownership.requireOwnLink("a", file);
        assumeTrue((Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0, "only root can make files of others");
        assertThat(new ProcessBuilder("chown", "-h", Integer.toString(NOBODY), link.toString()).inheritIO().start().waitFor()).isZero();
        assertThatThrownBy(() -> Ownership.requireOwnLink("a", link)).isInstanceOf(TargetException.class)
                .hasMessageContaining("a symbolic link").hasMessageContaining("another user");
        folderMode("rwxr-xr-x");
        Ownership.requireOwnLink("a", link);
    }

    @Test
    void newFilesAreTheUsersAlone() throws Exception {
        Path made = directory.resolve("new");
        LockedFile.open("new", made, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)).channel().close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made))).isEqualTo("rw-------");
    }
}
