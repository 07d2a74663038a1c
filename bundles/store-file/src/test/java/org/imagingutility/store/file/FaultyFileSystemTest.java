package org.imagingutility.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.store.CreateOptions;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.tck.Content;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A target that fails, goes away and comes back while an image is written. */
@Tag("tools")
@EnabledOnOs(value = OS.LINUX, disabledReason = "a FUSE file system of Linux")
class FaultyFileSystemTest {
    private static final CreateOptions NEW = new CreateOptions(false, false);

    @TempDir
    private Path directory;
    private FaultyFileSystem system;
    private String image;
    private final FileImageStore store = new FileImageStore();

    @BeforeEach
    void mount() throws Exception {
        system = FaultyFileSystem.mount(directory);
        image = system.mountPoint().resolve("a.skzimg").toString();
    }

    @AfterEach
    void unmount() throws Exception {
        if (system != null) {
            system.unmount();
        }
    }

    private static byte[] read(ImageFile file, int length) throws Exception {
        ByteBuffer target = ByteBuffer.allocateDirect(length);
        file.read(0, target);
        return Content.bytes(target.flip());
    }

    private static void assertContent(ImageFile file, byte[] expected, String what) throws Exception {
        assertThat(Arrays.mismatch(expected, read(file, expected.length))).as("first byte that is wrong in " + what)
                .isEqualTo(-1);
    }

    private static void assertFailed(Throwable error, String words, boolean mayPass) {
        assertThat(error).isInstanceOf(TargetException.class).hasMessageContaining(words);
        assertThat(((TargetException) error).mayPass()).as("may pass").isEqualTo(mayPass);
    }

    @ParameterizedTest
    @CsvSource({"eio-write, Input/output error, true", "enospc, No space left on device, false",
        "edquot, Disk quota exceeded, false", "erofs, Read-only file system, false",
        "away, Transport endpoint is not connected, true", "gone, No such device, true"})
    void aWriteThatFailsSaysWhetherItMayPassAndWhatToDo(String mode, String words, boolean mayPass) throws Exception {
        try (ImageFile file = store.create(image, NEW)) {
            file.write(0, ByteBuffer.allocate(10_000));
            file.force();
            system.mode(mode);
            assertThatThrownBy(() -> file.write(10_000, ByteBuffer.allocate(10_000))).satisfies(e -> {
                assertFailed(e, words, mayPass);
                assertThat(((TargetException) e).offset()).isEqualTo(10_000);
                assertThat(((TargetException) e).remedy()).isPresent();
            });
            system.mode("ok");
            assertThatThrownBy(file::force).satisfies(e -> assertFailed(e, words, mayPass));
        }
        try (ImageFile file = store.reopen(image, NEW).orElseThrow()) {
            assertThat(file.length()).isEqualTo(10_000);
            file.write(10_000, ByteBuffer.allocate(10_000));
            file.publish();
        }
        assertThat(Path.of(image)).hasSize(20_000);
    }

    @Test
    void afterAFailedForceOnlyTheMediumIsBelieved() throws Exception {
        byte[] first = Content.random(20_480, 1);
        byte[] second = Content.random(20_480, 2);
        try (ImageFile file = store.create(image, NEW)) {
            file.write(0, ByteBuffer.wrap(first));
            file.force();
            file.write(8192, ByteBuffer.wrap(second));
            system.mode("eio-fsync");
            assertThatThrownBy(file::force).satisfies(e -> assertFailed(e, "Input/output error", true));
            system.mode("ok");
            // the next fsync would succeed
            assertThatThrownBy(file::force).satisfies(e -> assertFailed(e, "may be lost", true));
            assertThatThrownBy(file::publish).satisfies(e -> assertFailed(e, "may be lost", true));
            assertThatThrownBy(() -> file.bypassCache(true)).satisfies(e -> assertFailed(e, "may be lost", true));
        }
        try (ImageFile file = store.reopen(image, NEW).orElseThrow()) {
            // whole pages: FUSE caches no others
            byte[] cached = Arrays.copyOf(first, 28_672);
            System.arraycopy(second, 0, cached, 8192, 20_480);
            assertContent(file, cached, "what the cache has");
            assertThat(file.bypassCache(true)).isTrue();
            assertContent(file, Arrays.copyOf(first, 28_672), "what the medium has");
        }
    }

    @Test
    void aMediumThatWasUnpluggedContinuesWithWhatWasForced() throws Exception {
        byte[] content = Content.random(60_000, 3);
        try (ImageFile file = store.create(image, NEW)) {
            file.write(0, ByteBuffer.wrap(content, 0, 20_000));
            file.force();
            file.write(20_000, ByteBuffer.wrap(content, 20_000, 20_000));
            system.mode("gone");
            assertThatThrownBy(file::publish).satisfies(e -> assertFailed(e, "No such device", true));
            assertThatThrownBy(() -> store.reopen(image, NEW)).isInstanceOf(TargetException.class);
        }
        assertThatThrownBy(() -> store.reopen(image, NEW)).satisfies(e -> assertFailed(e, "No such device", true));
        assertThatThrownBy(() -> store.create(image, NEW)).satisfies(e -> assertFailed(e, "No such device", true));
        assertThatThrownBy(() -> store.open(image)).isInstanceOf(ImageReadException.class)
                .hasMessageContaining("No such device");
        system.mode("ok");
        try (ImageFile file = store.reopen(image, NEW).orElseThrow()) {
            file.bypassCache(true);
            assertThat(file.length()).isEqualTo(20_000);
            assertContent(file, Arrays.copyOf(content, 20_000), "what came back");
            file.write(20_000, ByteBuffer.wrap(content, 20_000, 40_000));
            file.publish();
        }
        assertThat(Path.of(image)).hasBinaryContent(content);
    }

    @Test
    void aStallIsWaitedFor() throws Exception {
        try (ImageFile file = store.create(image, NEW)) {
            long before = System.nanoTime();
            system.mode("stall for 1");
            file.write(0, ByteBuffer.allocate(100_000));
            assertThat(System.nanoTime() - before).isGreaterThan(900_000_000L);
            file.publish();
        }
        assertThat(Path.of(image)).hasSize(100_000);
    }

    @Test
    void anImageThatCannotGetItsNameIsKeptWholeAndGetsItLater() throws Exception {
        try (ImageFile file = store.create(image, NEW)) {
            file.write(0, ByteBuffer.allocate(10_000));
            file.force();
            system.mode("erofs");
            assertThatThrownBy(file::publish).satisfies(e -> assertFailed(e, "cannot get its name", false));
            system.mode("ok");
            file.discard();
        }
        try (ImageFile file = store.reopen(image, NEW).orElseThrow()) {
            file.publish();
        }
        assertThat(Path.of(image)).hasSize(10_000);
        assertThat(Path.of(image + ".partial")).doesNotExist();
    }
}
