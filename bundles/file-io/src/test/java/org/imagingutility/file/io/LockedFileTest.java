package org.imagingutility.file.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.imagingutility.api.error.TargetException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockedFileTest {
    private static final long LARGEST_FILE = 1L << 62;
    @TempDir
    private Path directory;

    private LockedFile locked(Path path) throws Exception {
        return LockedFile.open("it", path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    /** Windows keeps everybody from locked bytes, also this process by another channel. */
    @Test
    void noByteOfTheContentIsLocked() throws Exception {
        Path path = Files.writeString(directory.resolve("file"), "content");
        try (FileChannel channel = locked(path).channel(); FileChannel other = FileChannel.open(path, StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            assertThat(Files.readString(path)).isEqualTo("content");
            other.write(ByteBuffer.wrap(new byte[] {'C'}), 0);
            channel.write(ByteBuffer.wrap(new byte[] {'!'}), 7);
            assertThat(Files.readString(path)).isEqualTo("Content!");
            try (FileLock content = other.tryLock(0, LARGEST_FILE, false)) {
                assertThat(content).isNotNull();
            }
        }
    }

    /** Versions up to 0.2.0 lock all bytes from the first on. */
    @Test
    void earlierVersionsAndThisOneKeepEachOtherOff() throws Exception {
        Path path = directory.resolve("file");
        try (FileChannel channel = locked(path).channel(); FileChannel other = FileChannel.open(path, StandardOpenOption.WRITE)) {
            assertThat(channel.isOpen()).isTrue();
            assertThatThrownBy(() -> other.tryLock(0, Long.MAX_VALUE, false)).isInstanceOf(OverlappingFileLockException.class);
        }
        try (FileChannel other = FileChannel.open(path, StandardOpenOption.WRITE); FileLock all = other.tryLock(0, Long.MAX_VALUE, false)) {
            assertThat(all).isNotNull();
            assertThatThrownBy(() -> locked(path)).isInstanceOf(TargetException.class).hasMessageContaining("another job is writing it");
        }
    }

    @Test
    void readersShareAndKeepWritersOff() throws Exception {
        Path path = Files.writeString(directory.resolve("file"), "content");
        try (FileChannel reader = FileChannel.open(path, StandardOpenOption.READ); FileLock lock = LockedFile.request(reader, true)) {
            assertThat(lock.isShared()).isTrue();
            assertThatThrownBy(() -> locked(path)).isInstanceOf(TargetException.class);
            assertThat(Files.readString(path)).isEqualTo("content");
        }
    }
}
