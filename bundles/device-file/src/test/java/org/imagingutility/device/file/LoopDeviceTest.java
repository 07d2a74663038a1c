package org.imagingutility.device.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.imagingutility.api.device.Clearing;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.device.TargetOptions;
import org.imagingutility.api.device.WritableDevice;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.tck.Content;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Block devices of Linux, made of files by losetup. */
@Tag("tools")
@EnabledOnOs(value = OS.LINUX, disabledReason = "loop devices are of Linux")
class LoopDeviceTest {
    private static final int LENGTH = 4 << 20;
    private static final TargetOptions FORCE = new TargetOptions(LENGTH, 512, true);

    @TempDir
    private Path directory;
    private Path file;
    private final RootTools tools = new RootTools();
    private final FileDeviceProvider provider = new FileDeviceProvider();

    @BeforeEach
    void makeFile() throws Exception {
        RootTools.require(directory);
        file = Files.write(directory.resolve("disk.raw"), Content.random(LENGTH, 1));
    }

    @AfterEach
    void undo() throws Exception {
        tools.close();
    }

    @Test
    void readsABlockDeviceAndDescribesIt() throws Exception {
        String node = tools.loop(file);
        try (Device device = provider.open(node)) {
            assertThat(device.length()).isEqualTo(LENGTH);
            assertThat(device.sectorSize()).isEqualTo(512);
            assertThat(device.info().kind()).isEqualTo(DeviceKind.VOLUME);
            assertThat(device.info().label()).isEqualTo(file.toString());
            var buffer = Content.aligned(LENGTH);
            device.read(0, buffer);
            assertThat(Content.bytes(buffer.flip())).isEqualTo(Files.readAllBytes(file));
        }
    }

    @Test
    void knowsTheSectorSizeOfABlockDevice() throws Exception {
        try (Device device = provider.open(tools.loop(file, "--sector-size", "4096"))) {
            assertThat(device.sectorSize()).isEqualTo(4096);
            assertThatThrownBy(() -> device.read(512, Content.aligned(4096))).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void listsABlockDeviceWithItsMountPoints() throws Exception {
        tools.run("mkfs.ext4", "-q", "-F", file.toString());
        String node = tools.loop(file);
        Path mountPoint = Files.createDirectory(directory.resolve("mount point"));
        tools.mount(node, mountPoint.toString());
        DeviceInfo found = provider.list().stream().filter(info -> info.reference().equals(node)).findFirst().orElseThrow();
        assertThat(found.mountPoints()).containsExactly(mountPoint.toRealPath().toString());
        assertThat(found.length()).isEqualTo(LENGTH);
        assertThat(provider.list()).extracting(DeviceInfo::reference).isSorted();
    }

    @Test
    void aLoopDeviceWithoutAFileHasNoBytesAndIsNotListed() throws Exception {
        String node = tools.run("losetup", "-f").strip();
        assertThatThrownBy(() -> provider.open(node)).isInstanceOf(DeviceException.class);
        assertThat(provider.list()).extracting(DeviceInfo::reference).doesNotContain(node);
    }

    @Test
    void writesABlockDeviceInPlace() throws Exception {
        String node = tools.loop(file);
        assertRefused(node, new TargetOptions(LENGTH, 512, false), "is a block device");
        byte[] content = Content.random(LENGTH, 2);
        try (WritableDevice target = provider.openTarget(node, FORCE)) {
            assertThat(target.fresh()).isFalse();
            target.write(0, Content.aligned(content));
            target.complete();
        }
        assertThat(file).hasBinaryContent(content);
    }

    /** A loop device has a cache of its own in front of its file, which here plays the medium. */
    @Test
    void readsBackFromTheMediumOrFromTheCache() throws Exception {
        String node = tools.loop(file);
        byte[] written = Content.random(LENGTH, 4);
        byte[] kept = written.clone();
        kept[5000] ^= 1;
        try (WritableDevice target = provider.openTarget(node, FORCE)) {
            target.write(0, Content.aligned(written));
            assertThat(target.bypassCache(true)).isTrue();
            assertThat(file).hasBinaryContent(written);
            try (FileChannel medium = FileChannel.open(file, StandardOpenOption.WRITE)) {
                medium.write(ByteBuffer.wrap(kept, 5000, 1), 5000);
            }
            assertReads(target, kept);
            assertThat(target.bypassCache(false)).isFalse();
            assertReads(target, written);
            target.complete();
        }
    }

    private static void assertReads(Device device, byte[] expected) throws Exception {
        ByteBuffer buffer = Content.aligned(expected.length);
        device.read(0, buffer);
        assertThat(Arrays.mismatch(expected, Content.bytes(buffer.flip()))).isEqualTo(-1);
    }

    @Test
    void givesBackWhatIsFreeOfABlockDeviceAndKeepsWhatIsBeside() throws Exception {
        for (int sectorSize : new int[] {512, 4096}) {
            for (boolean zeros : new boolean[] {false, true}) {
                Path disk = Files.write(directory.resolve("disk" + sectorSize + zeros), Content.random(LENGTH, 5));
                String node = tools.loop(disk, "--sector-size", Integer.toString(sectorSize));
                byte[] expected = Files.readAllBytes(disk);
                int from = (1 << 20) + 512;
                int length = 2 << 20;
                try (WritableDevice target = provider.openTarget(node, FORCE)) {
                    byte[] beside = Content.random(8192, 6);
                    target.write(from - 4096, Content.aligned(Arrays.copyOf(beside, 4096)));
                    target.write(from + length, Content.aligned(Arrays.copyOfRange(beside, 4096, 8192)));
                    System.arraycopy(beside, 0, expected, from - 4096, 4096);
                    System.arraycopy(beside, 4096, expected, from + length, 4096);
                    Clearing clearing = target.clear(from, length, zeros);
                    assertThat(clearing.refusal()).isEmpty();
                    assertThat(clearing.bytes()).isEqualTo(zeros && sectorSize == 512 ? length : length - 4096);
                    target.complete();
                }
                // a loop device discards by a hole in its file; what is not whole pages may stay
                int exact = zeros ? 0 : 4096 - 512;
                Arrays.fill(expected, from + exact, from + length - (zeros ? 0 : 512), (byte) 0);
                assertThat(Arrays.mismatch(expected, Files.readAllBytes(disk))).isEqualTo(-1);
                assertThat(blocks(disk)).isLessThanOrEqualTo((LENGTH - length + 8192) / 512);
            }
        }
    }

    private long blocks(Path path) throws Exception {
        return Long.parseLong(tools.run("stat", "-c", "%b", path.toString()).strip());
    }

    /** A file system in memory whose files have no holes, and a loop device over one of them. */
    @Test
    void aTargetThatCannotGiveBackSaysSoAndStaysAsItIs() throws Exception {
        Path mountPoint = Files.createDirectory(directory.resolve("ramfs"));
        tools.mount("-t", "ramfs", "ramfs", mountPoint.toString());
        byte[] content = Content.random(LENGTH, 7);
        Path behind = Files.write(mountPoint.resolve("behind.raw"), content);
        Path plain = Files.write(mountPoint.resolve("plain.raw"), content);
        try (WritableDevice device = provider.openTarget(tools.loop(behind), FORCE);
                WritableDevice inFile = provider.openTarget(plain.toString(), FORCE)) {
            assertThat(device.clear(0, LENGTH, false).refusal()).contains("Operation not supported (ioctl)");
            for (boolean zeros : new boolean[] {false, true}) {
                assertThat(inFile.clear(0, LENGTH, zeros).refusal()).contains("Operation not supported (fallocate)");
            }
            device.complete();
            inFile.complete();
        }
        assertThat(behind).hasBinaryContent(content);
        assertThat(plain).hasBinaryContent(content);
    }

    @Test
    void writesFewerBytesThanADeviceOfLargeSectorsHolds() throws Exception {
        String node = tools.loop(file, "--sector-size", "4096");
        byte[] content = Content.random(5 * 512, 3);
        try (WritableDevice target = provider.openTarget(node, new TargetOptions(content.length, 512, true))) {
            target.write(0, Content.aligned(content));
            target.complete();
        }
        byte[] expected = Content.random(LENGTH, 1);
        System.arraycopy(content, 0, expected, 0, content.length);
        assertThat(file).hasBinaryContent(expected);
    }

    @Test
    void refusesASmallerDeviceWithTheNumbers() throws Exception {
        assertRefused(tools.loop(file), new TargetOptions(LENGTH + 1, 512, true),
                LENGTH + " bytes, " + (LENGTH + 1) + " are required: 1 bytes too small");
    }

    @Test
    void refusesAWriteProtectedDevice() throws Exception {
        assertRefused(tools.loop(file, "--read-only"), FORCE, "write-protected");
    }

    @Test
    void refusesAMountedDeviceAndTheFileBehindIt() throws Exception {
        tools.run("mkfs.ext4", "-q", "-F", file.toString());
        byte[] before = Files.readAllBytes(file);
        String node = tools.loop(file);
        Path mountPoint = Files.createDirectory(directory.resolve("mnt"));
        tools.mount("-o", "ro,noload", node, mountPoint.toString());
        assertRefused(node, FORCE, "is mounted at " + mountPoint.toRealPath());
        assertRefused(file.toString(), FORCE, "is the file behind " + node);
        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void refusesADiskWhosePartitionIsMountedAndThePartition() throws Exception {
        Path disk = directory.resolve("parted.raw");
        tools.run("truncate", "-s", "8M", disk.toString());
        String node = tools.loop(disk);
        String partition = tools.partition(node, 2048, 14_336);
        assertThat(Path.of(partition)).exists();
        tools.run("mkfs.ext4", "-q", "-F", partition);
        DeviceInfo info = provider.list().stream().filter(i -> i.reference().equals(partition)).findFirst().orElseThrow();
        assertThat(info.kind()).isEqualTo(DeviceKind.PARTITION);
        assertThat(info.parent()).contains(node);
        Path mountPoint = Files.createDirectory(directory.resolve("mnt"));
        tools.mount("-o", "ro,noload", partition, mountPoint.toString());
        assertRefused(partition, FORCE, "is mounted at");
        assertRefused(node, FORCE, "contains " + partition + ", which is mounted at");
        assertRefused(disk.toString(), FORCE, "is the file behind " + node + ", which contains " + partition);
    }

    @Test
    void refusesSwapSpace() throws Exception {
        Files.write(file, new byte[LENGTH]);
        String node = tools.loop(file);
        tools.run("mkswap", node);
        tools.swapOn(node);
        assertRefused(node, FORCE, "is used as swap space");
    }

    @Test
    void refusesTheRootFileSystem() throws Exception {
        String root = tools.run("findmnt", "-n", "-o", "SOURCE", "/").strip();
        assumeTrue(Files.exists(Path.of(root)), "the root is no block device: " + root);
        assertRefused(root, new TargetOptions(1, 512, true), "root file system");
    }

    @Test
    void aTargetOnAFullFileSystemSaysSo() throws Exception {
        Path small = Files.createDirectory(directory.resolve("small"));
        tools.mount("-t", "tmpfs", "-o", "size=64k", "tmpfs", small.toString());
        Path target = small.resolve("disk.raw");
        try (WritableDevice device = provider.openTarget(target.toString(), new TargetOptions(1 << 20, 512, false))) {
            assertThatThrownBy(() -> device.write(0, Content.aligned(new byte[1 << 20]))).isInstanceOf(TargetException.class)
                    .satisfies(e -> {
                        assertThat(((TargetException) e).offset()).isBetween(32L << 10, 64L << 10);
                        assertThat(((ImagingException) e).remedy().orElseThrow()).contains("free space");
                    });
            assertThatThrownBy(device::complete).isInstanceOf(TargetException.class).hasMessageContaining("may be lost");
            assertThatThrownBy(() -> device.bypassCache(true)).isInstanceOf(TargetException.class);
        }
        assertThat(small).isEmptyDirectory();
    }

    @Test
    void refusesAPipeWithoutOpeningIt() throws Exception {
        Path pipe = directory.resolve("pipe");
        tools.run("mkfifo", pipe.toString());
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> provider.open(pipe.toString())).isInstanceOf(DeviceException.class)
                    .hasMessageContaining("pipe");
            assertRefused(pipe.toString(), FORCE, "pipe");
        }
    }

    private void assertRefused(String reference, TargetOptions options, String words) {
        assertThatThrownBy(() -> provider.openTarget(reference, options)).isInstanceOf(TargetException.class)
                .hasMessageContaining(words);
    }
}
