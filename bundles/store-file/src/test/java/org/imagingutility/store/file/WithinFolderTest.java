package org.imagingutility.store.file;

import java.nio.charset.StandardCharsets;
import java.nio.file.StandardCopyOption;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.store.ImageFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Files that are opened as members of a folder, and the locks of those who read them. */
class WithinFolderTest {
    @TempDir
    private Path directory;
    private final FileImageStore store = new FileImageStore();
    private Path folder;

    @BeforeEach
    void makeTheFolder() throws IOException {
        folder = Files.createDirectory(directory.resolve("set"));
    }

    private ImageFile open(Path within, String name, boolean locked) throws ImagingException {
        return store.openWithin(within.toString(), within.resolve(name).toString(), locked);
    }

    private static String text(ImageFile file) throws ImagingException {
        ByteBuffer content = ByteBuffer.allocate((int) file.length());
        file.read(0, content);
        return new String(content.array(), StandardCharsets.US_ASCII);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "symbolic links need a right that users of Windows have not")
    void linksLeadNowhereOutOfTheFolder() throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "secret");
        Files.createDirectory(directory.resolve("set2"));
        Files.writeString(directory.resolve("set2/x"), "of a folder whose name begins alike");
        Files.createSymbolicLink(folder.resolve("absolute"), secret);
        Files.createSymbolicLink(folder.resolve("relative"), Path.of("../secret"));
        Files.createSymbolicLink(folder.resolve("chain"), Path.of("relative"));
        Files.createSymbolicLink(folder.resolve("alike"), Path.of("../set2/x"));
        Files.createSymbolicLink(folder.resolve("below"), Path.of(".."));
        Files.createSymbolicLink(folder.resolve("nowhere"), Path.of("../nothing"));
        for (String name : new String[] {"absolute", "relative", "chain", "alike", "below/secret", "nowhere", "../secret"}) {
            for (boolean locked : new boolean[] {false, true}) {
                assertThatThrownBy(() -> open(folder, name, locked)).as(name).isInstanceOf(ImageReadException.class);
            }
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "symbolic links need a right that users of Windows have not")
    void linksWithinTheFolderAndAFolderThatIsALinkAreFollowed() throws Exception {
        Files.createDirectory(folder.resolve("below"));
        Files.writeString(folder.resolve("below/file"), "content");
        Files.createSymbolicLink(folder.resolve("link"), Path.of("below/file"));
        Path other = Files.createSymbolicLink(directory.resolve("other"), folder);
        for (Path way : new Path[] {folder, other}) {
            try (ImageFile file = open(way, "link", false)) {
                assertThat(text(file)).isEqualTo("content");
            }
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "symbolic links need a right that users of Windows have not")
    void whatIsNoRegularFileIsNotOpened() throws Exception {
        Files.createDirectory(folder.resolve("folder"));
        Files.createSymbolicLink(folder.resolve("device"), Path.of("/dev/zero"));
        assertThatThrownBy(() -> open(folder, "folder", false)).isInstanceOf(ImageReadException.class);
        assertThatThrownBy(() -> open(folder, "device", false)).isInstanceOf(ImageReadException.class);
        assertThatThrownBy(() -> open(folder, "none", false)).isInstanceOf(ImageReadException.class);
        // to open a pipe would wait for somebody to write into it
        if (new ProcessBuilder("mkfifo", folder.resolve("pipe").toString()).start().waitFor() == 0) {
            assertThatThrownBy(() -> open(folder, "pipe", true)).isInstanceOf(ImageReadException.class)
                    .hasMessageContaining("not a regular file");
        }
    }

    /** As if a pipe took the name behind the look that the tests above are about. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "pipes have no names of files")
    void aPipeThatTakesTheNameBeforeItIsOpenedIsNotWaitedFor() throws Exception {
        Path pipe = folder.resolve("pipe");
        if (new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0) {
            assertThatThrownBy(() -> ReadOnlyImageFile.open("pipe", pipe)).hasMessageContaining("not a regular file");
            assertThatThrownBy(() -> new ReadLocks().open("pipe", pipe)).hasMessageContaining("not a regular file");
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows keeps the name of an open file until it is closed, also when it is deleted")
    void whatIsOpenIsReadThoughItsNameGoesToAnother() throws Exception {
        Files.writeString(folder.resolve("a"), "first");
        try (ImageFile file = open(folder, "a", false)) {
            Files.writeString(directory.resolve("b"), "other");
            Files.move(directory.resolve("b"), folder.resolve("a"), StandardCopyOption.REPLACE_EXISTING);
            assertThat(text(file)).isEqualTo("first");
        }
    }

    @Test
    void readersShareTheirLockAndKeepOtherProcessesOutUntilTheLastOneEnds() throws Exception {
        Path file = Files.writeString(folder.resolve("m"), "manifest");
        assertThat(LockHolder.canLock(file)).isTrue();
        ImageFile first = open(folder, "m", true);
        ImageFile second = open(folder, "m", true);
        assertThat(text(second)).isEqualTo("manifest");
        first.close();
        first.close();
        assertThat(LockHolder.canLock(file)).isFalse();
        assertThatThrownBy(() -> store.openInPlace(file.toString())).isInstanceOf(TargetException.class)
                .hasMessageContaining("another job is reading it");
        assertThat(LockHolder.canLock(file)).as("the refused job has not given up the reader's lock").isFalse();
        assertThat(text(second)).isEqualTo("manifest");
        second.close();
        assertThat(LockHolder.canLock(file)).isTrue();
        store.openInPlace(file.toString()).close();
    }

    @Test
    void whatAnotherProcessHasLockedToChangeItIsNotRead() throws Exception {
        Path file = Files.writeString(folder.resolve("m"), "manifest");
        Process holder = LockHolder.start(file);
        try {
            assertThatThrownBy(() -> open(folder, "m", true)).isInstanceOf(ImageReadException.class)
                    .hasMessageContaining("changes or replaces it");
        } finally {
            holder.destroyForcibly().waitFor();
        }
        open(folder, "m", true).close();
    }

    @Test
    void aFileThatMayOnlyBeReadIsLockedAsWell() throws Exception {
        Path file = Files.writeString(folder.resolve("m"), "manifest");
        assertThat(file.toFile().setReadOnly()).isTrue();
        // on Windows a folder has no such right
        boolean closed = folder.toFile().setWritable(false);
        assertThat(closed).isEqualTo(!OS.WINDOWS.isCurrentOs());
        try (ImageFile open = open(folder, "m", true)) {
            assertThat(text(open)).isEqualTo("manifest");
        } finally {
            assertThat(!closed || folder.toFile().setWritable(true)).isTrue();
            assertThat(file.toFile().setWritable(true)).isTrue();
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows keeps the name of an open file until it is closed, also when it is deleted")
    void aFileThatTookTheNameMeanwhileHasALockOfItsOwn() throws Exception {
        Files.writeString(folder.resolve("m"), "first");
        try (ImageFile first = open(folder, "m", true)) {
            Files.delete(folder.resolve("m"));
            Files.writeString(folder.resolve("m"), "other");
            try (ImageFile other = open(folder, "m", true)) {
                assertThat(text(other)).isEqualTo("other");
                assertThat(text(first)).isEqualTo("first");
                assertThat(LockHolder.canLock(folder.resolve("m"))).isFalse();
            }
        }
    }
}
