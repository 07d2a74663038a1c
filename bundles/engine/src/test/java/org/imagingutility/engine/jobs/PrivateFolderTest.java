package org.imagingutility.engine.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.JobState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, disabledReason = "POSIX rights")
class PrivateFolderTest {
    private static final int NOBODY = 65534;

    @TempDir
    private Path directory;

    private Path folder(String mode) throws IOException {
        Path folder = Files.createDirectory(directory.resolve("jobs"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
        return folder;
    }

    private static String mode(Path folder) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
    }

    @Test
    void newFoldersAreTheUsersAlone() throws Exception {
        Path folder = directory.resolve("data/jobs");
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
        Path planted = Files.createFile(folder.resolve("1.json"));
        Files.setAttribute(planted, "unix:uid", NOBODY);
        assertThatThrownBy(() -> PrivateFolder.make(folder)).isInstanceOf(IOException.class).hasMessageContaining("1.json");
    }

    @Test
    void theJobOfAnotherUserIsNotRead() throws Exception {
        assumeRoot();
        JobFolder jobs = new JobFolder(directory, request -> {
            throw new AssertionError("nobody asks for anything");
        });
        PrivateFolder.make(directory.resolve("jobs"));
        jobs.write(new JobRecord(JobRecord.VERSION, 1, ImageRequest.of("d", "t"), JobState.INTERRUPTED, "", false, Optional.empty(),
                Instant.EPOCH, Optional.empty(), "folder", "owner", 12));
        Path file = directory.resolve("jobs/1.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(jobs.read(1)).isPresent();
        Files.setAttribute(file, "unix:uid", NOBODY);
        assertThat(jobs.read(1)).isEmpty();
        assertThat(jobs.list()).isEmpty();
    }

    private static void assumeRoot() throws IOException {
        assumeTrue((Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0, "only root can make files of others");
    }
}
