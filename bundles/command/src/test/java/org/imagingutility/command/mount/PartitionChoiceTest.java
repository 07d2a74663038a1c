package org.imagingutility.command.mount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.DiskListing;
import org.imagingutility.api.partition.Partition;
import org.imagingutility.api.partition.PartitionRole;
import org.imagingutility.api.partition.PartitionTable;
import org.imagingutility.api.partition.PartitionTableKind;
import org.junit.jupiter.api.Test;

class PartitionChoiceTest {
    private static final long MIB = 1 << 20;

    @Test
    void theOnlyFileSystemIsTakenAndOfSeveralNoneUnasked() throws Exception {
        assertThat(PartitionChoice.of("i", disk())).isEmpty();
        DiskListing one = disk(Optional.empty(), Optional.of(fileSystem("ext4")));
        assertThat(PartitionChoice.of("i", one).orElseThrow().partition().number()).isEqualTo(2);
        assertThat(PartitionChoice.options(PartitionChoice.of("i", one), true))
                .isEqualTo("ro,loop,offset=" + 4 * MIB + ",sizelimit=" + MIB);
        assertThatThrownBy(() -> PartitionChoice.of("disk", disk(Optional.of(fileSystem("FAT32")), Optional.empty(),
                Optional.of(fileSystem("NTFS"))))).isInstanceOf(UsageException.class).hasMessageContaining("1 (FAT32, 1.0 MiB), 3 (NTFS, 1.0 MiB)")
                .satisfies(e -> assertThat(((UsageException) e).remedy()).contains("name the partition: --in disk#1"));
        assertThatThrownBy(() -> PartitionChoice.of("disk", disk(Optional.empty()))).hasMessageContaining("no file system");
    }

    @Test
    void aWholeDeviceNeedsALoopDeviceOnlyIfItIsAFile() {
        assertThat(PartitionChoice.options(Optional.empty(), true)).isEqualTo("ro");
        assertThat(PartitionChoice.options(Optional.empty(), false)).isEqualTo("ro,loop");
    }

    private static FileSystemInfo fileSystem(String name) {
        return new FileSystemInfo(name, "", "", 4096, MIB / 4096);
    }

    /** Looks at a disk with a partition of one MiB at each second one, which hold {@code contents}; without any it has no table. */
    @SafeVarargs
    private static DiskListing disk(Optional<FileSystemInfo>... contents) {
        List<DiskListing.Content> partitions = new ArrayList<>();
        for (int i = 0; i < contents.length; i++) {
            Partition partition = new Partition(i + 1, PartitionRole.PRIMARY, (i + 1) * 2 * MIB, MIB, "0x83", "Linux", "", "", 0, false);
            partitions.add(new DiskListing.Content(partition, "d#" + (i + 1), contents[i], Optional.empty()));
        }
        PartitionTable table = new PartitionTable(PartitionTableKind.MBR, 100 * MIB, 512, "", "",
                partitions.stream().map(DiskListing.Content::partition).toList(), List.of(), Optional.empty(), List.of());
        DeviceInfo info = new DeviceInfo("d", DeviceKind.FILE, 100 * MIB, 512, "", Optional.empty(), List.of(), true);
        return new DiskListing(info, contents.length == 0 ? Optional.empty() : Optional.of(table), partitions, Optional.empty(), Optional.empty());
    }
}
