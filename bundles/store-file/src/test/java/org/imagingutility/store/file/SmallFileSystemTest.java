package org.imagingutility.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.store.CreateOptions;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.tck.Tools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A file system that is full, and one that may not be written. */
@Tag("tools")
@EnabledOnOs(value = OS.LINUX, disabledReason = "tmpfs and /dev/full are of Linux")
class SmallFileSystemTest {
    private static final CreateOptions NEW = new CreateOptions(false, false);

    @TempDir
    private Path directory;
    private Path small;
    private final FileImageStore store = new FileImageStore();

    @BeforeEach
    void mount() throws Exception {
        small = Files.createDirectory(directory.resolve("small"));
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", small.toString());
        Tools.require(Assumptions::abort, mounted, "a tmpfs cannot be mounted, which needs root");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", small.toString());
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void aFullFileSystemIsATargetErrorWithPlaceAndRemedyAndWhatWasWrittenStays() throws Exception {
        try (ImageFile file = store.create(small.resolve("a.skzimg").toString(), NEW)) {
            assertThat(file.usableSpace()).hasValue(64 << 10);
            file.write(0, ByteBuffer.allocateDirect(32 << 10));
            assertThat(file.usableSpace()).hasValue(32 << 10);
            assertThatThrownBy(() -> file.write(32 << 10, ByteBuffer.allocateDirect(1 << 20)))
                    .isInstanceOf(TargetException.class).hasMessageContaining("No space left")
                    .satisfies(e -> {
                        assertThat(((TargetException) e).offset()).isBetween(32L << 10, 64L << 10);
                        assertThat(((ImagingException) e).remedy().orElseThrow()).contains("free space");
                        assertThat(((TargetException) e).mayPass()).isFalse();
                    });
            assertThatThrownBy(file::publish).isInstanceOf(TargetException.class).hasMessageContaining("No space left");
        }
        assertThat(small.resolve("a.skzimg.partial")).isNotEmptyFile();
        assertThat(small.resolve("a.skzimg")).doesNotExist();
    }

    @Test
    void aReadOnlyFileSystemIsATargetError() throws Exception {
        assertThat(run("mount", "-o", "remount,ro", small.toString())).isTrue();
        assertThatThrownBy(() -> store.create(small.resolve("a.skzimg").toString(), NEW))
                .isInstanceOf(TargetException.class).hasMessageContaining("Read-only file system")
                .satisfies(e -> assertThat(((ImagingException) e).remedy().orElseThrow()).contains("for writing"));
    }

    @Test
    void aFolderThatBecameReadOnlyKeepsTheUnfinishedImage() throws Exception {
        try (ImageFile file = store.create(small.resolve("a.skzimg").toString(), NEW)) {
            file.write(0, ByteBuffer.allocate(1000));
        }
        assertThat(run("mount", "-o", "remount,ro", small.toString())).isTrue();
        assertThatThrownBy(() -> store.reopen(small.resolve("a.skzimg").toString(), NEW))
                .isInstanceOf(TargetException.class).hasMessageContaining("Read-only file system")
                .satisfies(e -> assertThat(((TargetException) e).mayPass()).isFalse());
        assertThat(small.resolve("a.skzimg.partial")).hasSize(1000);
    }

    @Test
    void memoryIsNoMediumToReadFrom() throws Exception {
        try (ImageFile file = store.create(small.resolve("a.skzimg").toString(), NEW)) {
            file.write(0, ByteBuffer.allocate(1000));
            assertThat(file.bypassCache(true)).isFalse();
            file.read(0, ByteBuffer.allocate(1000));
        }
    }

    @Test
    void aDeviceIsNoPlaceForAnImage() {
        assertThatThrownBy(() -> store.create("/dev/full", new CreateOptions(true, false)))
                .isInstanceOf(TargetException.class).hasMessageContaining("not a regular file");
    }
}
