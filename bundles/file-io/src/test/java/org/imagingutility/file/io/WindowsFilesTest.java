package org.imagingutility.file.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.imagingutility.file.io.windows.FileKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of Windows, there. */
@EnabledOnOs(value = OS.WINDOWS, disabledReason = "calls of Windows")
class WindowsFilesTest {
    @TempDir
    private Path directory;

    /** The time that a file was made says nothing: the second one has that of the first, as it had its name just before. */
    @Test
    void aFileThatTakesANameIsAnotherOne() throws Exception {
        Path name = Files.writeString(directory.resolve("file"), "content");
        FileIdentity first = FileIdentity.of(name);
        // kept, since the number of a file that is gone may be given away again where numbers have no count of their use
        Path kept = Files.move(name, directory.resolve("kept"));
        Files.writeString(name, "another");
        Files.setAttribute(name, "creationTime", Files.getAttribute(kept, "creationTime"));
        assertThat(FileIdentity.of(name)).isNotEqualTo(first);
        assertThat(FileIdentity.of(name).text()).isNotEqualTo(first.text());
        assertThat(FileIdentity.of(kept)).isEqualTo(first);
        assertThat(FileIdentity.of(kept).key()).isNotNull();
        assertThat(FileIdentity.of(directory)).isNotEqualTo(first);
    }

    @Test
    void anotherNameOfAFileLeadsToTheSameOne() throws Exception {
        Path name = Files.writeString(directory.resolve("file"), "content");
        Path link = Files.createLink(directory.resolve("link"), name);
        assertThat(FileIdentity.of(link)).isEqualTo(FileIdentity.of(name)).isEqualTo(FileIdentity.ofFollowed(link));
        assertThat(FileIdentity.of(Path.of(name.toString().toUpperCase(java.util.Locale.ROOT)))).isEqualTo(FileIdentity.of(name));
    }

    @Test
    void theNamesOfAFileAreCounted() throws Exception {
        Path name = Files.writeString(directory.resolve("file"), "content");
        assertThat(FileKeys.names(name)).contains(1);
        Files.createLink(directory.resolve("link"), name);
        assertThat(FileKeys.names(name)).contains(2);
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertThatThrownBy(() -> FileIdentity.of(directory.resolve("none"))).isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("none");
    }

    @Test
    void aNameOfMoreThan260CharactersIsOneLikeOthers() throws Exception {
        Path folder = Files.createDirectories(directory.resolve("d".repeat(120)).resolve("e".repeat(120)));
        Path name = Files.write(folder.resolve("file-" + "f".repeat(100)), new byte[] {1, 2, 3});
        assertThat(name.toString().length()).isGreaterThan(340);
        assertThat(FileIdentity.of(name).key()).isNotNull();
        try (FileChannel channel = FileChannel.open(name, StandardOpenOption.READ);
                MediumReader reader = MediumReader.open(Handle.of(channel, name).orElseThrow()).orElseThrow()) {
            ByteBuffer bytes = ByteBuffer.allocate(3);
            assertThat(reader.read(bytes, 0)).isEqualTo(3);
            assertThat(bytes.array()).containsExactly(1, 2, 3);
        }
    }

    @Test
    void readsPastTheCacheFromEveryPlace() throws Exception {
        byte[] content = new byte[3 * 4096 + 1000];
        new Random(4).nextBytes(content);
        Path name = Files.write(directory.resolve("file"), content);
        try (FileChannel channel = FileChannel.open(name, StandardOpenOption.READ);
                MediumReader reader = MediumReader.open(Handle.of(channel, name).orElseThrow()).orElseThrow()) {
            assertThat(reader.works()).isTrue();
            for (int offset : new int[] {0, 1, 511, 4096, 8191, content.length - 1, content.length - 1000}) {
                ByteBuffer some = ByteBuffer.allocateDirect(5000).limit(Math.min(5000, content.length - offset));
                int at = offset;
                while (some.hasRemaining()) {
                    int count = reader.read(some, at);
                    assertThat(count).isPositive();
                    at += count;
                }
                for (int i = 0; i < some.limit(); i++) {
                    assertThat(some.get(i)).isEqualTo(content[offset + i]);
                }
            }
            assertThat(reader.read(ByteBuffer.allocate(1), content.length)).isEqualTo(-1);
            assertThat(reader.read(ByteBuffer.allocate(1), content.length + 100_000L)).isEqualTo(-1);
        }
    }

    /** What stays open cannot be replaced on Windows: Java's own reads past the cache leave a handle open. */
    @Test
    void leavesNothingOpen() throws Exception {
        Path name = Files.write(directory.resolve("file"), new byte[8192]);
        for (int i = 0; i < 3; i++) {
            try (FileChannel channel = FileChannel.open(name, StandardOpenOption.READ);
                    MediumReader reader = MediumReader.open(Handle.of(channel, name).orElseThrow()).orElseThrow()) {
                assertThat(reader.works()).isTrue();
            }
        }
        Path other = Files.write(directory.resolve("other"), new byte[1]);
        Files.move(other, name, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        assertThat(Files.size(name)).isEqualTo(1);
    }
}
