package org.imagingutility.device.file.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, disabledReason = "sysfs and /proc are of Linux")
class UsageCheckTest {
    @TempDir
    private Path directory;
    private FakeSystem system;
    private Path disk;
    private Path first;
    private Path second;
    private UsageCheck usage;

    @BeforeEach
    void makeSystem() throws Exception {
        system = new FakeSystem(directory);
        disk = system.device("pci0/tdz", "8:0", 4000);
        first = partition("pci0/tdz/tdz1", "8:1");
        second = partition("pci0/tdz/tdz2", "8:2");
        MountTable mounts = new MountTable(Optional.of(system.root().resolve("proc")));
        usage = new UsageCheck(new BlockDevices(Optional.of(system.root().resolve("sys")), mounts), mounts);
    }

    private Path partition(String path, String number) throws IOException {
        Path made = system.device(path, number, 1000);
        FakeSystem.attribute(made, "partition", "1");
        return made;
    }

    private Optional<String> useOf(Path device) throws IOException {
        return usage.useOf(new BlockDevice(device));
    }

    @Test
    void nothingUsesAnIdleDisk() throws IOException {
        assertThat(useOf(disk)).isEmpty();
        assertThat(useOf(first)).isEmpty();
    }

    @Test
    void whereMountsAreNotKnownEveryDeviceCountsAsUsed() throws IOException {
        Files.delete(system.root().resolve("proc/self/mountinfo"));
        assertThat(useOf(disk)).contains("may be mounted: the list of mounts in /proc cannot be read");
    }

    @Test
    void aMountedPartitionIsUsedAndItsDiskButNotItsNeighbour() throws IOException {
        system.mountinfo("30 1 8:1 / /srv rw - ext4 /dev/tdz1 rw\n");
        assertThat(useOf(first)).contains("is mounted at /srv");
        assertThat(useOf(disk)).contains("contains /dev/tdz1, which is mounted at /srv");
        assertThat(useOf(second)).isEmpty();
    }

    @Test
    void theRootFileSystemIsNamedAsSuch() throws IOException {
        system.mountinfo("30 1 8:2 / / rw - ext4 /dev/root rw\n");
        assertThat(useOf(second)).contains("holds the running system's root file system");
        assertThat(useOf(disk)).contains("contains /dev/tdz2, which holds the running system's root file system");
    }

    @Test
    void aMountWithoutDeviceNumberIsFoundByItsSource() throws IOException {
        system.mountinfo("30 1 0:45 /home /home rw - btrfs /dev/tdz1 rw\n");
        assertThat(useOf(first)).contains("is mounted at /home");
    }

    @Test
    void aPartitionOfADiskThatIsMountedAsAWholeIsUsed() throws IOException {
        system.mountinfo("30 1 8:0 / /srv rw - ext4 /dev/tdz rw\n");
        assertThat(useOf(first)).contains("is mounted at /srv");
    }

    @Test
    void whatMapperOrRaidIsBuiltOnIsUsedEvenIfNotMounted() throws IOException {
        Path mapper = system.device("virtual/block/dm-0", "253:0", 900);
        FakeSystem.holder(first, mapper);
        assertThat(useOf(first)).contains("is part of /dev/dm-0");
        assertThat(useOf(disk)).contains("contains /dev/tdz1, which is part of /dev/dm-0");
        assertThat(useOf(mapper)).isEmpty();
    }

    @Test
    void aFileBehindAMountedLoopDeviceIsUsed() throws IOException {
        Path file = Files.writeString(directory.resolve("disk.raw"), "x");
        Path other = Files.writeString(directory.resolve("other.raw"), "x");
        Path loop = system.device("virtual/block/loop99", "7:99", 8);
        FakeSystem.attribute(loop, "loop/backing_file", file.toString());
        assertThat(usage.useOf(file)).as("attached, but not mounted").isEmpty();
        system.mountinfo("30 1 7:99 / /mnt rw - ext4 /dev/loop99 rw\n");
        assertThat(usage.useOf(file)).contains("is the file behind /dev/loop99, which is mounted at /mnt");
        assertThat(usage.useOf(other)).isEmpty();
    }

    @Test
    void aSwapFileIsUsed() throws IOException {
        Path file = Files.writeString(directory.resolve("swap file"), "x");
        system.swaps(file.toString().replace(" ", "\\040") + "   file  1024 0 -2\n");
        assertThat(usage.useOf(file)).contains("is used as swap space");
    }
}
