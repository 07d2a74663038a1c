package org.imagingutility.blobs.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.imagingutility.api.blobs.BlobInfo;
import org.imagingutility.api.blobs.BlobStore;
import org.imagingutility.api.error.BlobException;
import org.imagingutility.api.error.BlobException.Reason;
import org.imagingutility.api.error.ImagingException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderBlobStoreTest {
    @TempDir
    private Path directory;
    private Path place;
    private BlobStore store;

    @BeforeEach
    void open() throws ImagingException {
        place = directory.resolve("place");
        store = new FolderBlobStoreProvider().open(place.toString());
    }

    private static ByteBuffer bytes(int length) {
        return ByteBuffer.allocate(length).put(0, (byte) 1);
    }

    @Test
    void anObjectIsAFileOfItsKey() throws Exception {
        store.putIfAbsent("frames/ab/cd-1.zst", bytes(10));
        assertThat(place.resolve("frames/ab/cd-1.zst")).hasBinaryContent(bytes(10).array());
        assertThat(files()).containsExactly("frames/ab/cd-1.zst");
    }

    @Test
    void openingMakesNothing() {
        assertThat(place).doesNotExist();
    }

    @Test
    void whatAKilledPutLeftIsNoObject() throws Exception {
        store.putIfAbsent("a/b", bytes(10));
        Files.write(place.resolve("a/.0123456789abcdef.put"), new byte[5]);
        Files.createFile(place.resolve("a/reserved"));
        assertThat(store.list("", "", 10)).extracting(BlobInfo::key).containsExactly("a/b");
        assertThat(store.stat("a/reserved")).isEmpty();
    }

    @Test
    void aNameThatIsReservedJustNowMayBeFreeLater() throws Exception {
        store.putIfAbsent("a/b", bytes(10));
        Path reserved = Files.createFile(place.resolve("a/reserved"));
        Files.setLastModifiedTime(reserved, FileTime.from(Instant.now().plusSeconds(3600)));
        assertThatThrownBy(() -> store.putIfAbsent("a/reserved", bytes(5))).isInstanceOfSatisfying(BlobException.class,
                e -> assertThat(e.reason()).isEqualTo(Reason.TRANSIENT));
        assertThat(files()).containsExactlyInAnyOrder("a/b", "a/reserved");
    }

    @Test
    void aNameThatAKilledPutReservedIsTaken() throws Exception {
        store.putIfAbsent("a/b", bytes(10));
        Path reserved = Files.createFile(place.resolve("a/reserved"));
        Files.setLastModifiedTime(reserved, FileTime.from(Instant.now().minusSeconds(3600)));
        store.putIfAbsent("a/reserved", bytes(5));
        assertThat(reserved).hasBinaryContent(bytes(5).array());
        assertThat(files()).containsExactlyInAnyOrder("a/b", "a/reserved");
    }

    @Test
    void aFolderThatWentAwayMayComeBack() throws Exception {
        store.putIfAbsent("a", bytes(10));
        Files.move(place, directory.resolve("elsewhere"));
        for (var call : List.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(() -> store.stat("a"), () -> store.list("", "", 1))) {
            assertThatThrownBy(call).isInstanceOfSatisfying(BlobException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TRANSIENT));
        }
        assertThatThrownBy(() -> store.putIfAbsent("b", bytes(1))).isInstanceOf(BlobException.class);
        assertThat(place).doesNotExist();
    }

    @Test
    void otherFilesAreNoObjects() throws Exception {
        store.putIfAbsent("a/b", bytes(10));
        Files.write(place.resolve("Read me.txt"), new byte[5]);
        Files.createSymbolicLink(place.resolve("a/link"), place.resolve("a/b"));
        assertThat(store.list("", "", 10)).extracting(BlobInfo::key).containsExactly("a/b");
        assertThat(store.stat("a/link")).isEmpty();
    }

    @Test
    void aFileIsNoPlace() throws IOException {
        Path file = Files.write(directory.resolve("file"), new byte[5]);
        assertThatThrownBy(() -> new FolderBlobStoreProvider().open(file.toString())).isInstanceOf(BlobException.class)
                .hasMessageContaining("is not a folder");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(place)) {
            return all.filter(Files::isRegularFile).map(file -> place.relativize(file).toString().replace('\\', '/')).toList();
        }
    }
}
