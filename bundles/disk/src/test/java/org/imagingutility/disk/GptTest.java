package org.imagingutility.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Optional;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PartitionTableException;
import org.imagingutility.api.partition.GptCopies.Copy;
import org.imagingutility.api.partition.Partition;
import org.imagingutility.api.partition.PartitionRole;
import org.imagingutility.api.partition.PartitionTable;
import org.imagingutility.api.partition.PartitionTableKind;
import org.imagingutility.tck.device.MemoryDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The two copies of a GPT, each in turn damaged. */
class GptTest {
    private static DiskBuilder disk(int sectorSize) {
        return new DiskBuilder(400, sectorSize).protective().gpt().partition(0, 40, 99).partition(2, 100, 149);
    }

    @ParameterizedTest
    @CsvSource({"512, 512", "4096, 512", "4096, 4096", "512, 4096"})
    void readsSectorsOfBothLengthsWhateverTheDeviceSays(int sectorSize, int deviceSectorSize) throws ImagingException {
        PartitionTable table = disk(sectorSize).read(deviceSectorSize).orElseThrow();
        assertThat(table.sectorSize()).isEqualTo(sectorSize);
        assertThat(table.warnings()).isEmpty();
        assertThat(table.diskGuid()).isEqualTo("22223333-1111-1111-7777-666655554444");
        assertThat(table.partitions().get(0)).isEqualTo(new Partition(1, PartitionRole.PRIMARY, 40L * sectorSize,
                60L * sectorSize, "C12A7328-81F8-11D2-BA4B-00A0C93EC93B", "", "part 0",
                "00000007-0000-0000-0900-000000000000", 0, false));
        assertThat(table.partition(3)).map(Partition::length).hasValue(50L * sectorSize);
        assertThat(table.partition(2)).isEmpty();
    }

    /** Header fields, an entry, each byte changed without its checksum. */
    @ParameterizedTest
    @ValueSource(ints = {0, 8, 12, 16, 24, 40, 56, 72, 80, 84, 88})
    void aDamagedCopyIsToldAndTheOtherUsed(int field) throws ImagingException {
        for (int sectorSize : new int[] {512, 4096}) {
            DiskBuilder first = disk(sectorSize);
            first.bytes[first.primaryAt() + field] ^= 0x10;
            PartitionTable table = first.read().orElseThrow();
            assertThat(table.copies().orElseThrow().used()).isEqualTo(Copy.BACKUP);
            assertThat(table.copies().orElseThrow().primaryProblem()).isPresent();
            assertThat(table.partitions()).hasSize(2);

            DiskBuilder second = disk(sectorSize);
            second.bytes[second.backupAt() + field] ^= 0x10;
            table = second.read().orElseThrow();
            assertThat(table.copies().orElseThrow().used()).isEqualTo(Copy.PRIMARY);
            assertThat(table.copies().orElseThrow().backupProblem()).isPresent();

            second.bytes[second.primaryAt() + field] ^= 0x10;
            assertThatThrownBy(second::read).isInstanceOf(PartitionTableException.class)
                    .hasMessageContaining("both copies of the GPT are damaged");
        }
    }

    @Test
    void entriesThatDoNotMatchTheirChecksumAreDamage() throws ImagingException {
        DiskBuilder disk = disk(512);
        disk.bytes[2 * 512 + 40] ^= 1;
        PartitionTable table = disk.read().orElseThrow();
        assertThat(table.copies().orElseThrow().primaryProblem().orElseThrow())
                .startsWith("byte 600: the checksum of the entries is");
        assertThat(table.partitions().get(0).length()).isEqualTo(60 * 512);
    }

    @Test
    void aCopyThatCannotBeReadIsADamagedOne() throws ImagingException {
        for (long sector : new long[] {1, 5, 399, 399 - 3}) {
            MemoryDevice device = new MemoryDevice(disk(512).bytes);
            device.failAt(sector * 512);
            PartitionTable table = new MbrGptReader().read(device).orElseThrow();
            assertThat(table.copies().orElseThrow().used()).isEqualTo(sector < 100 ? Copy.BACKUP : Copy.PRIMARY);
            assertThat(table.partitions()).hasSize(2);
        }
    }

    @Test
    void anUnreadableFirstSectorIsNoNeed() throws ImagingException {
        MemoryDevice device = new MemoryDevice(disk(512).bytes);
        device.failAt(0);
        PartitionTable table = new MbrGptReader().read(device).orElseThrow();
        assertThat(table.partitions()).hasSize(2);
        assertThat(table.warnings()).anyMatch(warning -> warning.startsWith("byte 0: the first sector cannot be read"));
    }

    @Test
    void withoutProtectiveEntryAPrimaryCountsButABackupAloneIsALeftOver() throws ImagingException {
        DiskBuilder disk = disk(512);
        Arrays.fill(disk.bytes, 0, 512, (byte) 0);
        assertThat(disk.read().orElseThrow().warnings()).singleElement().asString().contains("no entry of type 0xee");
        Arrays.fill(disk.bytes, 512, 1024, (byte) 0);
        assertThat(disk.read()).isEmpty();
    }

    @Test
    void anMbrWithPartitionsGoesBeforeAGptItDoesNotAnnounce() throws ImagingException {
        DiskBuilder disk = disk(512).entry(0, 0, 0, 7, 63, 100);
        PartitionTable table = disk.read().orElseThrow();
        assertThat(table.kind()).isEqualTo(PartitionTableKind.MBR);
        assertThat(table.warnings()).singleElement().asString().contains("left-over");
    }

    @Test
    void entriesOfAHybridAreASecondView() throws ImagingException {
        PartitionTable table = disk(512).entry(0, 0, 0, 0xEE, 1, 39).entry(0, 1, 0x80, 7, 40, 60).read().orElseThrow();
        assertThat(table.kind()).isEqualTo(PartitionTableKind.HYBRID);
        assertThat(table.partitions()).extracting(Partition::number).containsExactly(1, 3);
        assertThat(table.mbrView()).extracting(Partition::type).containsExactly("0xee", "0x07");
    }

    @Test
    void aDiskThatWasCutKeepsItsPartitionsAndSaysWhatIsMissing() throws ImagingException {
        DiskBuilder disk = disk(512);
        byte[] cut = Arrays.copyOf(disk.bytes, 120 * 512);
        PartitionTable table = new MbrGptReader().read(new MemoryDevice(cut)).orElseThrow();
        assertThat(table.copies().orElseThrow().backupProblem().orElseThrow()).contains("the backup would be in sector 399");
        assertThat(table.partitions()).hasSize(2);
        assertThat(table.warnings()).singleElement().asString().contains("partition 3 ends at byte 76800, behind the end");
    }

    @Test
    void aDiskThatGrewSaysThatTheBackupIsNotAtItsEnd() throws ImagingException {
        byte[] grown = Arrays.copyOf(disk(512).bytes, 900 * 512);
        PartitionTable table = new MbrGptReader().read(new MemoryDevice(grown)).orElseThrow();
        assertThat(table.copies().orElseThrow().backupProblem()).isEmpty();
        assertThat(table.warnings()).singleElement().asString().contains("does not stand in the last sector");
    }

    @Test
    void copiesThatDifferAreTold() throws ImagingException {
        DiskBuilder disk = disk(512);
        disk.bytes[disk.backupAt() + 56] ^= 1;
        disk.checksums();
        assertThat(disk.read().orElseThrow().warnings()).singleElement().asString().contains("the two copies of the GPT differ");
    }

    @Test
    void partitionsThatOverlapAreAContradiction() throws ImagingException {
        assertThat(disk(512).partition(5, 149, 160).read().orElseThrow().contradictions()).singleElement().asString()
                .contains("partitions 3 and 6 overlap");
    }

    @Test
    void partitionsThatHoldTheTableAreAContradiction() throws ImagingException {
        // the partition for ISO 9660 that xorriso writes begins with the disk
        assertThat(disk(512).partition(5, 0, 3).read().orElseThrow().contradictions()).hasSize(3)
                .anyMatch(text -> text.contains("partition 6 (bytes 0 to 2047) holds the first sector of the disk, at byte 0"))
                .anyMatch(text -> text.contains("holds a header of the GPT, at byte 512"))
                .anyMatch(text -> text.contains("holds entries of the GPT, at byte 1024"));
        assertThat(disk(512).partition(5, 390, 399).read().orElseThrow().contradictions()).hasSize(2)
                .anyMatch(text -> text.contains("holds a header of the GPT, at byte " + 399 * 512));
    }

    @Test
    void copiesThatTellOfOtherPartitionsAreAContradiction() throws ImagingException {
        DiskBuilder disk = disk(512);
        int backupEntries = disk.backupAt() - 16384;
        disk.buffer.putLong(backupEntries + 40, 98);
        assertThat(disk.checksums().read().orElseThrow().contradictions()).singleElement().asString()
                .contains("the backup of the GPT tells of other partitions");
    }

    @Test
    void anEntryOfAHybridThatCutsAPartitionIsAContradiction() throws ImagingException {
        assertThat(disk(512).entry(0, 0, 0, 0xEE, 1, 39).entry(0, 1, 0x80, 7, 40, 70).read().orElseThrow().contradictions())
                .hasSize(2).allMatch(text -> text.contains("covers a part of partition"));
    }

    @Test
    void theTableIsWhereBothCopiesStand() throws ImagingException {
        DiskBuilder disk = disk(512);
        assertThat(new MbrGptReader().structures(new MemoryDevice(disk.bytes), disk.read().orElseThrow()))
                .isEqualTo(new ExtentList.Builder().add(0, 1024 + 16384).add(disk.backupAt() - 16384, 16384 + 512).build());
    }

    @Test
    void leavesOutPartitionsWithoutPlaceOnAnyDisk() throws ImagingException {
        DiskBuilder disk = disk(512).partition(1, -1, -1).partition(3, 300, Long.MAX_VALUE).partition(4, 200, 199);
        Optional<PartitionTable> table = disk.read();
        assertThat(table.orElseThrow().partitions()).extracting(Partition::number).containsExactly(1, 3);
        assertThat(table.orElseThrow().warnings()).hasSize(3).allMatch(warning -> warning.contains("is left out"));
    }

    @Test
    void aTableFullOfNonsenseGivesABoundedListOfWarnings() throws ImagingException {
        DiskBuilder disk = disk(512);
        for (int i = 3; i < 128; i++) {
            disk.partition(i, 9, 8);
        }
        assertThat(disk.read().orElseThrow().warnings()).hasSize(33).last().asString().isEqualTo("and 93 more of that kind");
    }
}
