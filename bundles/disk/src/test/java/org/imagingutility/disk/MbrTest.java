package org.imagingutility.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.partition.Partition;
import org.imagingutility.api.partition.PartitionTable;
import org.imagingutility.api.partition.PartitionTableKind;
import org.imagingutility.tck.device.MemoryDevice;
import org.junit.jupiter.api.Test;

/** Boot records and chains of them. */
class MbrTest {
    private static final int EXTENDED = 1000;

    private final DiskBuilder disk = new DiskBuilder(4000, 512);

    private static String shape(PartitionTable table) {
        return table.partitions().stream().map(p -> p.number() + ":" + p.offset() / 512 + "+" + p.length() / 512)
                .collect(Collectors.joining(" "));
    }

    private DiskBuilder extended() {
        return disk.entry(0, 0, 0x80, 7, 10, 100).entry(0, 1, 0, 5, EXTENDED, 2000);
    }

    @Test
    void numbersLogicalPartitionsInTheOrderOfTheChain() throws ImagingException {
        extended().entry(EXTENDED, 0, 0, 0x83, 8, 100).entry(EXTENDED, 1, 0, 5, 1500, 300)
                .entry(EXTENDED + 1500, 0, 0, 0x82, 4, 50).entry(EXTENDED + 1500, 1, 0, 5, 700, 200)
                .entry(EXTENDED + 700, 0, 0, 7, 2, 60);
        PartitionTable table = disk.read().orElseThrow();
        assertThat(shape(table)).isEqualTo("1:10+100 2:1000+2000 5:1008+100 6:2504+50 7:1702+60");
        assertThat(table.warnings()).isEmpty();
        assertThat(table.partitions().get(0).bootable()).isTrue();
        assertThat(table.partitions()).extracting(Partition::typeName)
                .containsExactly("NTFS, exFAT or HPFS", "extended", "Linux", "Linux swap", "NTFS, exFAT or HPFS");
    }

    @Test
    void passesOverAnEmptyFirstRecordOfTheChain() throws ImagingException {
        extended().entry(EXTENDED, 1, 0, 5, 500, 300).entry(EXTENDED + 500, 0, 0, 7, 2, 60);
        assertThat(shape(disk.read().orElseThrow())).isEqualTo("1:10+100 2:1000+2000 5:1502+60");
    }

    @Test
    void aRecordThatLeadsToItselfEndsTheChain() throws ImagingException {
        extended().entry(EXTENDED, 0, 0, 7, 8, 100).entry(EXTENDED, 1, 0, 5, 0, 300);
        PartitionTable table = disk.read().orElseThrow();
        assertThat(shape(table)).endsWith("5:1008+100");
        assertThat(table.warnings()).singleElement().asString().startsWith("byte " + (EXTENDED * 512 + 470) + ": leads back");
    }

    @Test
    void aChainWithoutEndIsCutOff() throws ImagingException {
        DiskBuilder deep = new DiskBuilder(6000, 512).entry(0, 0, 0, 0x0F, 1, 5990);
        for (int i = 0; i < 5900; i++) {
            deep.entry(1 + i, 1, 0, 5, i + 1, 1);
        }
        assertThat(deep.read().orElseThrow().warnings()).singleElement().asString()
                .contains("more than 1024 extended boot records");
    }

    @Test
    void aLinkOutOfTheExtendedPartitionEndsTheChain() throws ImagingException {
        extended().entry(EXTENDED, 0, 0, 7, 8, 100).entry(EXTENDED, 1, 0, 5, 2500, 300).signRecord(EXTENDED + 2500);
        assertThat(disk.read().orElseThrow().warnings()).singleElement().asString()
                .contains("behind the end of the extended partition");
    }

    @Test
    void aRecordThatCannotBeReadEndsTheChain() throws ImagingException {
        extended().entry(EXTENDED, 0, 0, 7, 8, 100).entry(EXTENDED, 1, 0, 5, 500, 300);
        MemoryDevice device = new MemoryDevice(disk.bytes);
        device.failAt((EXTENDED + 500) * 512L);
        PartitionTable table = new MbrGptReader().read(device).orElseThrow();
        assertThat(shape(table)).endsWith("5:1008+100");
        assertThat(table.warnings()).singleElement().asString().contains("cannot be read");
    }

    @Test
    void warnsOfALogicalPartitionThatLeavesTheExtendedOne() throws ImagingException {
        extended().entry(EXTENDED, 0, 0, 7, 1990, 100);
        assertThat(disk.read().orElseThrow().warnings()).singleElement().asString()
                .contains("logical partition 5 does not lie inside the extended partition");
    }

    @Test
    void overlapsOfPrimaryExtendedAndLogicalPartitionsAreContradictions() throws ImagingException {
        assertContradicts(new DiskBuilder(4000, 512).entry(0, 0, 0, 7, 10, 100).entry(0, 2, 0, 7, 109, 5),
                "partitions 1 and 3 overlap");
        assertContradicts(new DiskBuilder(4000, 512).entry(0, 0, 0, 7, 10, 1100).entry(0, 1, 0, 5, EXTENDED, 2000)
                .signRecord(EXTENDED), "partitions 1 and 2 overlap");
        assertContradicts(extended().entry(EXTENDED, 0, 0, 7, 8, 100).entry(EXTENDED, 1, 0, 5, 50, 300)
                .entry(EXTENDED + 50, 0, 0, 7, 1, 10), "partitions 5 and 6 overlap");
        // a long one may overlap more than its neighbour
        assertContradicts(new DiskBuilder(4000, 512).entry(0, 0, 0, 7, 10, 3000).entry(0, 1, 0, 7, 20, 5)
                .entry(0, 2, 0, 7, 2000, 5), "partitions 1 and 2 overlap", "partitions 1 and 3 overlap");
        // what lies behind the disk cannot overlap, what begins on it can
        assertContradicts(new DiskBuilder(4000, 512).entry(0, 0, 0, 7, 10, 100).entry(0, 2, 0, 7, 109, 90_000),
                "partitions 1 and 3 overlap");
        assertContradicts(new DiskBuilder(4000, 512).entry(0, 0, 0, 7, 5000, 100).entry(0, 2, 0, 7, 5000, 100));
    }

    private static void assertContradicts(DiskBuilder disk, String... texts) throws ImagingException {
        PartitionTable table = disk.read().orElseThrow();
        assertThat(table.contradictions()).hasSize(texts.length);
        for (int i = 0; i < texts.length; i++) {
            assertThat(table.contradictions().get(i)).contains(texts[i]);
        }
        assertThat(table.isUnderstood()).isFalse();
    }

    @Test
    void anEntryWithALengthIsAnEntryWhateverItsType() throws ImagingException {
        assertThat(shape(disk.entry(0, 1, 0x80, 0, 100, 200).read().orElseThrow())).isEqualTo("2:100+200");
        assertThat(shape(extended().entry(0, 1, 0, 5, EXTENDED, 2000).entry(EXTENDED, 0, 0, 0, 8, 100).read().orElseThrow()))
                .endsWith("5:1008+100");
    }

    @Test
    void anEntryThatHoldsTheTableIsAContradiction() throws ImagingException {
        // what isohybrid writes: all of the image, and the EFI system partition inside of it
        assertContradicts(disk.entry(0, 0, 0x80, 0, 0, 4000).entry(0, 1, 0, 0xEF, 400, 100),
                "partition 1 (bytes 0 to 2047999) holds the partition table", "partitions 1 and 2 overlap");
    }

    @Test
    void theRecordsOfTheTableAreToldWhereverTheyStand() throws ImagingException {
        // fdisk puts the record of a partition into what is free before it, be that inside of another one
        extended().entry(EXTENDED, 0, 0, 0x83, 8, 1000).entry(EXTENDED, 1, 0, 5, 900, 1100)
                .entry(EXTENDED + 900, 0, 0, 0x83, 200, 50);
        MemoryDevice device = new MemoryDevice(disk.bytes);
        PartitionTable table = disk.read().orElseThrow();
        assertThat(table.contradictions()).isEmpty();
        assertThat(new MbrGptReader().structures(device, table)).isEqualTo(new ExtentList.Builder().add(0, 512)
                .add(EXTENDED * 512L, 512).add((EXTENDED + 900) * 512L, 512).build());
    }

    @Test
    void knowsATableWithoutPartitions() throws ImagingException {
        disk.signRecord(0).buffer.putInt(440, 0xCAFE);
        PartitionTable table = disk.read().orElseThrow();
        assertThat(table.kind()).isEqualTo(PartitionTableKind.MBR);
        assertThat(table.diskSignature()).isEqualTo("0x0000cafe");
        assertThat(table.partitions()).isEmpty();
        assertThat(table.gaps().totalLength()).isEqualTo(table.diskLength());
    }

    @Test
    void codeInPlaceOfEntriesIsNoTable() throws ImagingException {
        disk.entry(0, 0, 0x42, 7, 10, 100);
        assertThat(disk.read()).isEmpty();
    }

    @Test
    void aFileSystemsBootSectorIsNoTableUnlessAnEntryCanBeTrue() throws ImagingException {
        disk.buffer.put(3, "NTFS    ".getBytes(StandardCharsets.US_ASCII));
        disk.signRecord(0);
        assertThat(disk.read()).isEmpty();
        // made by mkfs.fat --mbr
        assertThat(disk.entry(0, 0, 0x80, 7, 0, 4000).read()).isEmpty();
        assertThat(shape(disk.entry(0, 0, 0x80, 7, 63, 900).read().orElseThrow())).isEqualTo("1:63+900");
    }

    @Test
    void countsInSectorsOfTheDevice() throws ImagingException {
        DiskBuilder large = new DiskBuilder(1000, 4096).entry(0, 0, 0, 7, 256, 100).entry(0, 1, 0, 5, 400, 200)
                .entry(400, 0, 0, 0x83, 8, 16);
        PartitionTable table = large.read(4096).orElseThrow();
        assertThat(table.sectorSize()).isEqualTo(4096);
        assertThat(table.partitions()).extracting(Partition::offset).containsExactly(256L << 12, 400L << 12, 408L << 12);
    }

    @Test
    void aDiskWithoutReadableFirstSectorAndWithoutGptFails() {
        MemoryDevice device = new MemoryDevice(extended().bytes);
        device.failAt(0);
        assertThatThrownBy(() -> new MbrGptReader().read(device)).isInstanceOf(DeviceException.class);
    }

    @Test
    void disksTooSmallForATableHaveNone() throws ImagingException {
        for (int length : List.of(1, 511)) {
            assertThat(new MbrGptReader().read(new MemoryDevice(new byte[length]))).isEmpty();
        }
    }
}
