package org.imagingutility.device.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.TargetOptions;
import org.imagingutility.api.device.WritableDevice;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.tck.Content;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The kernel decides who may write to a block device, whatever {@code /proc} of this process tells. */
@Tag("tools")
@EnabledOnOs(value = OS.LINUX, disabledReason = "block devices of Linux")
class DeviceClaimTest {
    private static final int LENGTH = 8 << 20;
    private static final TargetOptions FORCE = new TargetOptions(1 << 20, 512, true);

    @TempDir
    private Path directory;
    private Path file;
    private Path mountPoint;
    private final RootTools tools = new RootTools();
    private final FileDeviceProvider provider = new FileDeviceProvider();

    @BeforeEach
    void makeFile() throws Exception {
        RootTools.require(directory);
        file = Files.write(directory.resolve("disk.raw"), new byte[LENGTH]);
        mountPoint = Files.createDirectory(directory.resolve("mnt"));
        tools.run("mkfs.ext4", "-q", "-F", file.toString());
    }

    @AfterEach
    void undo() throws Exception {
        tools.close();
    }

    private void assertRefused(Object reference, String words) throws IOException {
        byte[] before = Files.readAllBytes(file);
        assertThatThrownBy(() -> provider.openTarget(reference.toString(), FORCE).close()).isInstanceOf(TargetException.class)
                .hasMessageContaining(words).satisfies(e -> assertThat(((TargetException) e).remedy()).isPresent());
        assertThat(file).hasBinaryContent(before);
    }

    /** Mounts in a mount namespace of its own, as a container does; it ends with {@code other}. */
    private AutoCloseable mountElsewhere(String node) throws Exception {
        Process other = new ProcessBuilder("unshare", "-m", "sh", "-c", "mount \"$1\" \"$2\" && echo mounted && read end", "-", node,
                mountPoint.toString()).redirectErrorStream(true).start();
        assertThat(other.inputReader().readLine()).isEqualTo("mounted");
        return () -> {
            other.getOutputStream().close();
            other.waitFor();
        };
    }

    @Test
    void whatIsMountedInAnotherNamespaceIsRefused() throws Exception {
        String node = tools.loop(file);
        try (AutoCloseable mounted = mountElsewhere(node)) {
            assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).as("this process does not see it").doesNotContain(node);
            assertRefused(node, "is in use");
            assertRefused(file, "needs \"" + node + "\", which is in use");
            assertThat(mounted).isNotNull();
        }
        provider.openTarget(node, FORCE).close();
        provider.openTarget(file.toString(), FORCE).close();
    }

    @Test
    void aDiskWhosePartitionIsMountedInAnotherNamespaceIsRefused() throws Exception {
        String disk = tools.loop(file);
        tools.run("mkfs.ext4", "-q", "-F", tools.partition(disk, 2048, 8192));
        try (AutoCloseable mounted = mountElsewhere(disk + "p1")) {
            assertRefused(disk, "is in use");
            assertRefused(disk + "p1", "is in use");
            assertRefused(file, "needs \"" + disk + "\", which is in use");
            assertThat(mounted).isNotNull();
        }
    }

    /** sysfs tells of a loop device's file by the name it had; the kernel knows the file itself. */
    @Test
    void aFileBehindAMountedLoopDeviceIsRefusedByWhateverName() throws Exception {
        Path old = directory.resolve("old.raw");
        Files.createLink(old, file);
        String node = tools.loop(old);
        Files.delete(old);
        try (AutoCloseable mounted = mountElsewhere(node)) {
            assertRefused(file, "needs \"" + node + "\", which is in use");
            assertThat(mounted).isNotNull();
        }
    }

    @Test
    void nobodyElseFormatsOrMountsATarget() throws Exception {
        String node = tools.loop(file);
        for (String reference : List.of(node, file.toString())) {
            try (WritableDevice target = provider.openTarget(reference, FORCE)) {
                assertThatThrownBy(() -> tools.run("mkfs.ext4", "-q", "-F", node)).isInstanceOf(IOException.class);
                assertThatThrownBy(() -> tools.run("mount", node, mountPoint.toString())).isInstanceOf(IOException.class);
                target.write(0, Content.aligned(new byte[512]));
                target.complete();
                assertThatThrownBy(() -> tools.run("mkfs.ext4", "-q", "-F", node)).as("until it is closed")
                        .isInstanceOf(IOException.class);
            }
            tools.run("mkfs.ext4", "-q", "-F", node);
        }
    }

    @Test
    void aTargetThatWasParkedIsClaimedAgain() throws Exception {
        String node = tools.loop(file);
        WritableDevice target = provider.openTarget(node, FORCE);
        target.write(0, Content.aligned(Content.random(512, 1)));
        String parked = target.park().orElseThrow();
        target.close();
        try (WritableDevice again = provider.reopenTarget(node, FORCE, parked)) {
            assertThatThrownBy(() -> tools.run("mkfs.ext4", "-q", "-F", node)).isInstanceOf(IOException.class);
            again.complete();
        }
        try (AutoCloseable mounted = mountElsewhere(formatted(node))) {
            assertThatThrownBy(() -> provider.reopenTarget(node, FORCE, parked)).isInstanceOf(TargetException.class)
                    .hasMessageContaining("is in use");
            assertThat(mounted).isNotNull();
        }
    }

    private String formatted(String node) throws IOException {
        tools.run("mkfs.ext4", "-q", "-F", node);
        return node;
    }

    @Test
    void withoutNativeCodeABlockDeviceIsNoTarget() throws Exception {
        String node = tools.loop(file);
        Path plain = Files.write(directory.resolve("plain.raw"), new byte[LENGTH]);
        try (OtherWriter other = OtherWriter.openWithoutNativeCode(node, 4096)) {
            assertThat(other.answer()).contains("cannot be claimed", "it is not written to", "native code cannot be loaded");
        }
        try (OtherWriter other = OtherWriter.openWithoutNativeCode(file.toString(), 4096)) {
            assertThat(other.answer()).as("the file behind a loop device").contains("cannot be claimed");
        }
        try (OtherWriter other = OtherWriter.openWithoutNativeCode(plain.toString(), 4096)) {
            assertThat(other.answer()).isEqualTo("opened " + LENGTH);
        }
    }

    @Test
    void aSourceSaysWhereItIsMountedByWayOfALoopDevice() throws Exception {
        Path outer = directory.resolve("outer.raw");
        tools.run("truncate", "-s", "32M", outer.toString());
        tools.run("mkfs.ext4", "-q", "-F", outer.toString());
        tools.mount("-o", "loop", outer.toString(), mountPoint.toString());
        Path inner = Files.copy(file, mountPoint.resolve("inner.raw"));
        Path inside = Files.createDirectory(directory.resolve("inside"));
        tools.mount("-o", "loop", inner.toString(), inside.toString());
        try (Device device = provider.open(outer.toString())) {
            assertThat(device.info().mountPoints()).containsExactly(mountPoint.toRealPath().toString());
        }
        try (Device device = provider.open(inner.toString())) {
            assertThat(device.info().mountPoints()).containsExactly(inside.toRealPath().toString());
        }
        try (Device device = provider.open(file.toString())) {
            assertThat(device.info().mountPoints()).isEmpty();
        }
    }

    @Test
    void aDiskSaysWhereItsPartitionsAreMounted() throws Exception {
        String disk = tools.loop(file);
        String partition = tools.partition(disk, 2048, 8192);
        tools.run("mkfs.ext4", "-q", "-F", partition);
        tools.mount(partition, mountPoint.toString());
        for (String reference : List.of(disk, partition, file.toString())) {
            try (Device device = provider.open(reference)) {
                assertThat(device.info().mountPoints()).as(reference).containsExactly(mountPoint.toRealPath().toString());
            }
        }
    }
}
