package org.imagingutility.device.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.TargetOptions;
import org.imagingutility.api.device.WritableDevice;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.tck.Content;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Two jobs never write to the same place, in one process or in two. */
class TargetLockTest {
    private static final int LENGTH = 8 << 20;
    private static final TargetOptions FORCE = new TargetOptions(1 << 20, 512, true);

    @TempDir
    private Path directory;
    private final FileDeviceProvider provider = new FileDeviceProvider();

    private Path file() throws Exception {
        return Files.write(directory.resolve("disk.raw"), new byte[LENGTH]);
    }

    private WritableDevice open(Object target) throws Exception {
        return provider.openTarget(target.toString(), FORCE);
    }

    private void assertBusy(Object target) {
        assertThatThrownBy(() -> open(target).close()).isInstanceOf(TargetException.class)
                .hasMessageContaining("another job is writing it")
                .satisfies(e -> assertThat(((TargetException) e).remedy().orElseThrow()).contains("wait for that job"));
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "symbolic links need a right that users of Windows have not")
    void aFileHasOneWriterInAProcess() throws Exception {
        Path file = file();
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);
        WritableDevice target = open(file);
        assertBusy(file);
        assertBusy(link);
        target.close();
        try (WritableDevice next = open(link)) {
            target.close();
            assertBusy(file);
            next.write(0, Content.aligned(512));
        }
    }

    @Test
    void aTargetThatIsTooSmallIsNotLeftLocked() throws Exception {
        Path file = file();
        assertThatThrownBy(() -> provider.openTarget(file.toString(), new TargetOptions(LENGTH + 1, 512, true)))
                .isInstanceOf(TargetException.class).hasMessageContaining("too small");
        open(file).close();
    }

    @Test
    void aFileHasOneWriterInAllProcesses() throws Exception {
        Path file = file();
        try (OtherWriter other = OtherWriter.open(file.toString(), 4096)) {
            assertThat(other.answer()).isEqualTo("opened " + LENGTH);
            assertBusy(file);
        }
        try (WritableDevice target = open(file)) {
            target.write(0, Content.aligned(512));
            target.bypassCache(true);
            target.clear(4096, 4096, true);
            try (OtherWriter other = OtherWriter.open(file.toString(), 4096)) {
                assertThat(other.answer()).contains("another job is writing it");
            }
            target.complete();
        }
        try (OtherWriter other = OtherWriter.open(file.toString(), 4096)) {
            assertThat(other.answer()).isEqualTo("opened " + LENGTH);
        }
    }

    @Test
    @Tag("tools")
    @EnabledOnOs(value = OS.LINUX, disabledReason = "block devices of Linux")
    void aBlockDeviceHasOneWriterInAllProcesses() throws Exception {
        RootTools.require(directory);
        Path file = file();
        try (RootTools tools = new RootTools()) {
            String node = tools.loop(file);
            try (OtherWriter other = OtherWriter.open(node, 4096)) {
                assertThat(other.answer()).isEqualTo("opened " + LENGTH);
                assertBusy(node);
                assertBusy(file);
            }
            try (WritableDevice target = open(file)) {
                assertBusy(node);
                try (OtherWriter other = OtherWriter.open(node, 4096)) {
                    assertThat(other.answer()).contains("another job is writing it");
                }
                assertThat(target.fresh()).isFalse();
            }
            open(node).close();
        }
    }

    @Test
    @Tag("tools")
    @EnabledOnOs(value = OS.LINUX, disabledReason = "block devices of Linux")
    void aDiskAndItsPartitionHaveOneWriter() throws Exception {
        RootTools.require(directory);
        try (RootTools tools = new RootTools()) {
            String disk = tools.loop(file());
            String partition = tools.partition(disk, 2048, 8192);
            try (OtherWriter other = OtherWriter.open(partition, 4096)) {
                assertThat(other.answer()).isEqualTo("opened " + (8192 * 512));
                assertBusy(disk);
            }
            try (OtherWriter other = OtherWriter.open(disk, 4096)) {
                assertThat(other.answer()).isEqualTo("opened " + LENGTH);
                assertBusy(partition);
            }
            try (WritableDevice target = open(disk)) {
                assertBusy(partition);
                try (Device read = provider.open(partition)) {
                    assertThat(read.length()).isEqualTo(8192 * 512);
                }
                assertThat(target.fresh()).isFalse();
            }
            open(partition).close();
        }
    }
}
