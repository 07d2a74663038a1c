package org.imagingutility.file.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A pipe that nobody writes to has the name by the time the file is opened: to open it would wait for ever. */
@Timeout(50)
class RegularFilesTest {
    @TempDir
    private Path folder;

    @Test
    void opensFilesAsUsual() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "content");
        try (FileChannel channel = RegularFiles.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            assertThat(channel.size()).isEqualTo(7);
        }
    }

    @Test
    void saysWhyAFileCannotBeOpened() throws Exception {
        assertThatThrownBy(() -> RegularFiles.open(folder.resolve("none"), StandardOpenOption.READ)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "symbolic links need a right that users of Windows have not")
    void saysWhyALinkCannotBeOpened() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Files.writeString(folder.resolve("to"), ""));
        assertThatThrownBy(() -> RegularFiles.open(link, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))
                .isInstanceOf(IOException.class).hasMessageContaining("symbolic links");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "pipes have no names of files")
    void aPipeIsNotWaitedFor() throws Exception {
        Path pipe = pipe("pipe");
        assertThatThrownBy(() -> RegularFiles.open(pipe, StandardOpenOption.READ)).isInstanceOf(IOException.class)
                .hasMessageContaining("not a regular file");
        Path other = pipe("other");
        assertThatThrownBy(() -> RegularFiles.open(other, StandardOpenOption.WRITE)).isInstanceOf(IOException.class)
                .hasMessageContaining("not a regular file");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "pipes have no names of files")
    void aPipeThatSomebodyWritesToIsNoFileEither() throws Exception {
        Path pipe = pipe("pipe");
        // opened for both, which waits for nobody: there is a writer
        try (FileChannel writer = FileChannel.open(pipe, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            assertThat(writer.isOpen()).isTrue();
            assertThatThrownBy(() -> RegularFiles.open(pipe, StandardOpenOption.READ)).isInstanceOf(IOException.class);
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "pipes have no names of files")
    void aLinkToAPipeIsNotWaitedForEither() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), pipe("pipe"));
        assertThatThrownBy(() -> RegularFiles.open(link, StandardOpenOption.READ)).hasMessageContaining("not a regular file");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "pipes have no names of files")
    void aLockedFileIsNoPipe() throws Exception {
        Path pipe = pipe("pipe");
        assertThatThrownBy(() -> LockedFile.open("reference", pipe, java.util.Set.of(StandardOpenOption.WRITE)))
                .isInstanceOf(IOException.class).hasMessageContaining("not a regular file");
    }

    private Path pipe(String name) throws Exception {
        Path pipe = folder.resolve(name);
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start().waitFor()).isZero();
        return pipe;
    }
}
