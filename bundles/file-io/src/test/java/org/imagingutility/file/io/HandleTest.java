package org.imagingutility.file.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class HandleTest {
    @TempDir
    private Path directory;
    private Path name;

    @BeforeEach
    void makeFile() throws Exception {
        name = Files.writeString(directory.resolve("file"), "content");
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "an open file is found by its descriptor, which Linux shows")
    void leadsToTheFileWhateverHappensToItsName() throws Exception {
        try (FileChannel channel = FileChannel.open(name, StandardOpenOption.READ)) {
            Handle handle = Handle.of(channel, name).orElseThrow();
            assertThat(handle.isNamed(name)).isTrue();
            assertThat(handle.nameNow()).contains(name.toRealPath());
            Path moved = Files.move(name, directory.resolve("moved"));
            Files.writeString(name, "another");
            assertThat(handle.isNamed(name)).isFalse();
            assertThat(handle.isNamed(moved)).isTrue();
            assertThat(handle.nameNow()).contains(moved.toRealPath());
            assertThat(handle.leadsThere()).isTrue();
            assertThat(Files.readString(handle.path())).isEqualTo("content");
            Files.delete(moved);
            assertThat(handle.nameNow()).isEmpty();
            assertThat(handle.leadsThere()).isTrue();
            assertThat(Files.readString(handle.path())).isEqualTo("content");
            assertThat(channel.position()).isZero();
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "which file is open, Linux shows by its descriptor, and Windows is asked by the name")
    void aNameThatLeadsToAnotherFileGivesNone() throws Exception {
        try (FileChannel channel = FileChannel.open(name, StandardOpenOption.READ)) {
            Path other = Files.writeString(directory.resolve("other"), "another");
            assertThat(Handle.of(channel, other)).isEmpty();
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows keeps the name of an open file until it is closed, also when it is deleted")
    void aNameThatWentToAnotherFileGivesNone() throws Exception {
        try (FileChannel channel = FileChannel.open(name, StandardOpenOption.READ)) {
            Path other = Files.writeString(directory.resolve("other"), "another");
            Files.move(other, name, StandardCopyOption.REPLACE_EXISTING);
            assertThat(Handle.of(channel, name)).isEmpty();
            Files.delete(name);
            assertThat(Handle.of(channel, name)).isEmpty();
        }
    }

    /** That another channel of the process is open on the file under the name does not make it the file of this one. */
    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "an open file is found by its descriptor, which Linux shows")
    void isNotTakenInByOtherOpenFiles() throws Exception {
        Path other = Files.writeString(directory.resolve("other"), "another");
        try (FileChannel channel = FileChannel.open(name, StandardOpenOption.READ);
                FileChannel unrelated = FileChannel.open(other, StandardOpenOption.READ)) {
            assertThat(Handle.of(channel, other)).isEmpty();
            assertThat(Handle.of(unrelated, other).orElseThrow().path()).isNotEqualTo(Handle.of(channel, name).orElseThrow().path());
            try (FileChannel again = FileChannel.open(name, StandardOpenOption.READ)) {
                Handle second = Handle.of(again, name).orElseThrow();
                assertThat(second.identity()).isEqualTo(Handle.of(channel, name).orElseThrow().identity());
                assertThat(second.path()).isNotEqualTo(Handle.of(channel, name).orElseThrow().path());
            }
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "symbolic links need a right that users of Windows have not")
    void aLinkToTheFileCountsOnlyWhereLinksAreFollowed() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("link"), name);
        try (FileChannel channel = FileChannel.open(name, StandardOpenOption.READ)) {
            assertThat(Handle.of(channel, link)).isPresent();
            assertThat(Handle.of(channel, link, LinkOption.NOFOLLOW_LINKS)).isEmpty();
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "an open file is found by its descriptor, which Linux shows")
    void whatWasClosedLeadsNowhere() throws Exception {
        Handle handle;
        try (FileChannel channel = FileChannel.open(name, StandardOpenOption.READ)) {
            handle = Handle.of(channel, name).orElseThrow();
        }
        assertThat(handle.leadsThere()).isFalse();
    }

    @Test
    void anEmptyFileHasAHandleAsWell() throws Exception {
        Path empty = Files.createFile(directory.resolve("empty"));
        try (FileChannel channel = FileChannel.open(empty, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            Optional<Handle> handle = Handle.of(channel, empty);
            assertThat(handle).isPresent();
            channel.write(ByteBuffer.wrap(new byte[] {'x'}));
            assertThat(empty).hasContent("x");
        }
    }
}
