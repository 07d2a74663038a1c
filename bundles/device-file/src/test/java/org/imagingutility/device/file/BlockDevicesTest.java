package org.imagingutility.device.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.device.file.linux.DeviceNumber;
import org.imagingutility.device.file.linux.FakeSystem;
import org.imagingutility.device.file.linux.MountTable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, disabledReason = "sysfs is of Linux")
class BlockDevicesTest {
    @TempDir
    private Path directory;
    private FakeSystem system;

    @BeforeEach
    void makeSystem() throws Exception {
        system = new FakeSystem(directory);
    }

    private List<DeviceInfo> list() throws Exception {
        return new FileDeviceProvider(Optional.of(system.root())).list();
    }

    @Test
    void describesADiskAndItsPartitions() throws Exception {
        Path disk = system.device("pci0/sda", "8:0", 4000);
        FakeSystem.attribute(disk, "device/model", "ACME 2000     ");
        FakeSystem.attribute(disk, "queue/logical_block_size", "4096");
        FakeSystem.attribute(disk, "ro", "1");
        Path partition = system.device("pci0/sda/sda1", "8:1", 1000);
        FakeSystem.attribute(partition, "partition", "1");
        FakeSystem.attribute(partition, "uevent", "MAJOR=8\nPARTNAME=Basic data partition");
        system.mountinfo("36 25 8:1 / /mnt/with\\040blank rw,noatime shared:1 - ext4 /dev/sda1 rw\n"
                + "37 25 8:1 / /mnt/again rw - ext4 /dev/sda1 rw\n");
        List<DeviceInfo> list = list();
        assertThat(list).extracting(DeviceInfo::reference).containsExactly("/dev/sda", "/dev/sda1");
        assertThat(list.get(0)).satisfies(info -> {
            assertThat(info.kind()).isEqualTo(DeviceKind.DISK);
            assertThat(info.length()).isEqualTo(4000 * 512);
            assertThat(info.sectorSize()).isEqualTo(4096);
            assertThat(info.label()).isEqualTo("ACME 2000");
            assertThat(info.readOnly()).isTrue();
            assertThat(info.parent()).isEmpty();
            assertThat(info.mountPoints()).isEmpty();
        });
        assertThat(list.get(1)).satisfies(info -> {
            assertThat(info.kind()).isEqualTo(DeviceKind.PARTITION);
            assertThat(info.sectorSize()).as("sector size of its disk").isEqualTo(4096);
            assertThat(info.label()).isEqualTo("Basic data partition");
            assertThat(info.parent()).contains("/dev/sda");
            assertThat(info.mountPoints()).containsExactly("/mnt/again", "/mnt/with blank");
            assertThat(info.readOnly()).isFalse();
        });
    }

    @Test
    void mapperRaidAndLoopDevicesAreVolumes() throws Exception {
        FakeSystem.attribute(system.device("virtual/block/dm-0", "253:0", 8), "dm/name", "vg-root");
        FakeSystem.attribute(system.device("virtual/block/md0", "9:0", 8), "md/level", "raid1");
        FakeSystem.attribute(system.device("virtual/block/loop3", "7:3", 8), "loop/backing_file", "/srv/disk.raw");
        assertThat(list()).extracting(DeviceInfo::reference, DeviceInfo::kind, DeviceInfo::label).containsExactly(
                tuple("/dev/dm-0", DeviceKind.VOLUME, "vg-root"),
                tuple("/dev/loop3", DeviceKind.VOLUME, "/srv/disk.raw"),
                tuple("/dev/md0", DeviceKind.VOLUME, ""));
    }

    @Test
    void leavesOutMemoryDisksAndWhatHasNoLength() throws Exception {
        system.device("virtual/block/ram0", "1:0", 8192);
        system.device("virtual/block/loop0", "7:0", 0);
        assertThat(list()).isEmpty();
    }

    @Test
    void namesWithASlashAreSpeltAsInTheDeviceFolder() throws Exception {
        system.device("pci0/cciss!c0d0", "104:0", 8);
        assertThat(list()).extracting(DeviceInfo::reference).containsExactly("/dev/cciss/c0d0");
    }

    @Test
    void anImpossibleSectorSizeIsNotTrusted() throws Exception {
        FakeSystem.attribute(system.device("pci0/sdb", "8:16", 8), "queue/logical_block_size", "1000");
        assertThat(list()).extracting(DeviceInfo::sectorSize).containsExactly(512);
    }

    @Test
    void aSizeThatIsNoNumberIsAnErrorThatNamesTheFile() throws Exception {
        FakeSystem.attribute(system.device("pci0/sdc", "8:32", 8), "size", "many");
        assertThatThrownBy(this::list).isInstanceOf(DeviceException.class).hasMessageContaining("sdc/size");
    }

    @Test
    void aSystemWithoutSysfsHasNoDevices() throws Exception {
        assertThat(new FileDeviceProvider(Optional.of(directory.resolve("none"))).list()).isEmpty();
    }

    @Test
    void takesDeviceNumbersApartAsTheCLibraryDoes() {
        assertThat(DeviceNumber.ofRaw(0x0801)).hasToString("8:1");
        assertThat(DeviceNumber.ofRaw(0x10082C)).hasToString("8:300");
        assertThat(DeviceNumber.ofRaw(0x11110370L)).hasToString("259:70000");
        assertThat(DeviceNumber.ofRaw(0x100000038803L)).hasToString("5000:3");
    }

    @Test
    void unescapesNamesOfMountPoints() {
        assertThat(MountTable.unescape("/a\\040b\\011c\\012d\\134e")).isEqualTo("/a b\tc\nd\\e");
        assertThat(MountTable.unescape("\\")).isEqualTo("\\");
        assertThat(MountTable.unescape("\\04")).isEqualTo("\\04");
        assertThat(MountTable.unescape("\\1340")).isEqualTo("\\0");
    }
}
