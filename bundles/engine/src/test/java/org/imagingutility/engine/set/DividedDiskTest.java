package org.imagingutility.engine.set;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.imagingutility.api.backup.BackupManifest;
import org.imagingutility.api.backup.SetPartition;
import org.imagingutility.api.job.BackupRequest;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.fixtures.Fixtures;
import org.imagingutility.tck.RandomSeed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Disks whose tables lie, lead astray, or do not tell all: every byte of them comes back. */
class DividedDiskTest extends SetTrial {
    private static final long MIB = 1 << 20;
    private final Random random = new Random(RandomSeed.get());
    private final List<String> notices = new ArrayList<>();
    private final JobMonitor monitor = new JobMonitor() {
        @Override
        public void notice(String text) {
            notices.add(text);
        }
    };

    private RawDisk disk(long bytes, int sectorSize) throws IOException {
        return new RawDisk(folder.resolve("disk"), bytes, sectorSize);
    }

    private RawDisk filled(long bytes) throws IOException {
        RawDisk disk = disk(bytes, 512).fill(0, bytes, random);
        return disk.write(440, new byte[70]);
    }

    /** Backs the disk up and restores it; all of it must be there again, and the set must be sound. */
    private BackupManifest comesBack(RawDisk disk) throws Exception {
        return comesBack(disk, BackupRequest.Division.DEFAULT);
    }

    private BackupManifest comesBack(RawDisk disk, BackupRequest.Division division) throws Exception {
        disk.close();
        BackupManifest manifest = engine.backup(request(disk.path, division), monitor).manifest();
        assertThat(verify().items()).allSatisfy(item -> assertThat(item.verdict().name()).as(item.detail()).isEqualTo("INTACT"));
        Path back = restore("back", OptionalInt.empty(), false);
        assertThat(Files.mismatch(back, disk.path)).as("seed %d", RandomSeed.get()).isEqualTo(-1);
        Files.delete(back);
        return manifest;
    }

    private void isTakenAsAWhole(RawDisk disk, String reason) throws Exception {
        BackupManifest manifest = comesBack(disk);
        assertThat(manifest.partitions()).singleElement().satisfies(partition -> {
            assertThat(partition.index()).isZero();
            assertThat(partition.artefact().orElseThrow().usedBytes()).hasValue(Files.size(disk.path));
        });
        assertThat(manifest.warnings()).singleElement().asString().contains(reason, "all blocks of the disk are taken");
        assertThat(notices).containsAll(manifest.warnings());
    }

    @Test
    void theRecordOfALogicalPartitionThatLiesInAnotherOne() throws Exception {
        // as fdisk makes them: the record of partition 6 lies in what the file system of partition 5 calls free
        RawDisk disk = disk(48 * MIB, 512).entry(0, 0, 5, 2048, 96256).entry(2048, 0, 0x83, 2048, 36864)
                .entry(2048, 1, 5, 34000 - 2048, 60000).write(4096 * 512, fixture("ext4-1k"))
                .entry(34000, 0, 0x83, 45056 - 34000, 20480).fill(45056 * 512, MIB, random);
        BackupManifest manifest = comesBack(disk);
        assertThat(manifest.partitions()).extracting(SetPartition::index).containsExactly(1, 5, 6);
        assertThat(manifest.warnings()).singleElement().asString().contains("partition 5 holds a part of the partition table");
        assertThat(manifest.partition(5).orElseThrow().artefact().orElseThrow().usedBytes()).hasValue(18 * MIB);
    }

    private byte[] fixture(String name) throws Exception {
        return Files.readAllBytes(Fixtures.unpack(name, folder));
    }

    @Test
    void anEntryOfType0OverAll() throws Exception {
        isTakenAsAWhole(filled(24 * MIB).entry(0, 0, 0, 0, 24 * 2048).entry(0, 1, 0xEF, 452, 8192), "holds the partition table");
    }

    @Test
    void aPartitionThatBeginsWithTheDisk() throws Exception {
        isTakenAsAWhole(filled(24 * MIB).entry(0, 0, 0xA5, 0, 24 * 2048), "holds the partition table");
    }

    @Test
    void aFileSystemOnTheDiskAsAWholeBesideItsTable() throws Exception {
        // a live system whose table shows but a partition for the firmware; the volume descriptors stand in unpartitioned space
        isTakenAsAWhole(filled(24 * MIB).write(32768, "\u0001CD001\u0001".getBytes(StandardCharsets.ISO_8859_1))
                .write(34816, "\u00ffCD001\u0001".getBytes(StandardCharsets.ISO_8859_1)).entry(0, 0, 0xEF, 38912, 4096),
                "ISO 9660 fills the disk as well");
    }

    @Test
    void anExtFileSystemBehindTheTableOfTheDisk() throws Exception {
        RawDisk disk = filled(24 * MIB).write(0, fixture("ext4-1k")).entry(0, 0, 0x83, 34000, 4096).sign(0);
        isTakenAsAWhole(disk, "fills the disk as well");
    }

    @Test
    void aGptOfWhichNoCopyIsThere() throws Exception {
        isTakenAsAWhole(filled(24 * MIB).entry(0, 0, 0xEE, 1, 24 * 2048 - 1), "both copies of the GPT are damaged");
    }

    @Test
    void partitionsThatAreNoWholeSectorsOfTheDisk() throws Exception {
        isTakenAsAWhole(filled(24 * MIB).gpt(2048, 20 * 2048, 4, 5), "holds entries of the GPT");
    }

    @ParameterizedTest
    @ValueSource(longs = {20 * MIB, 20 * MIB + 100})
    void aBootRecordWithoutPartitions(long length) throws Exception {
        RawDisk disk = filled(length).sign(0);
        assertThat(comesBack(disk).partitions()).singleElement().satisfies(partition -> assertThat(partition.length()).isEqualTo(length));
    }

    @Test
    void anEmptyGptOverOldContent() throws Exception {
        BackupManifest manifest = comesBack(filled(36 * MIB).gpt());
        assertThat(manifest.partitions()).isEmpty();
        assertThat(manifest.piecesImage()).isPresent();
        assertThat(manifest.leftOut()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 511, 512, 513, 1024, 4096, MIB + 7})
    void disksOfOddLengths(long length) throws Exception {
        assertThat(comesBack(disk(length, 512).fill(0, length, random)).partitions()).hasSize(1);
        if (length >= 512) {
            comesBack(disk(length, 512).write(440, new byte[70]).sign(0));
            comesBack(disk(length, 512).entry(0, 1, 0x83, 1, 3));
        }
    }

    @Test
    void theLastBytesOfADiskThatAreNoWholeSector() throws Exception {
        comesBack(filled(24 * MIB + 300).entry(0, 0, 0x83, 2048, 24 * 2048));
        comesBack(filled(24 * MIB + 300).gpt(2048, 20 * 2048));
    }

    @Test
    void aChainOfRecordsThatLeadsToItself() throws Exception {
        BackupManifest manifest = comesBack(filled(40 * MIB).entry(0, 0, 0x0F, 2048, 70000).fill(2048 * 512, 512, random)
                .write(2048 * 512 + 446, new byte[64]).entry(2048, 0, 0x83, 8, 100).entry(2048, 1, 5, 0, 300));
        assertThat(manifest.warnings()).anyMatch(text -> text.contains("leads back"));
        assertThat(manifest.piecesImage()).isPresent();
    }

    @Test
    void unpartitionedSpaceIsKeptWholeAndInAnImageIfItIsMuch() throws Exception {
        BackupManifest manifest = comesBack(filled(40 * MIB).gpt(2048, 4095, 30 * 2048, 31 * 2048 - 1));
        assertThat(manifest.leftOut()).isEmpty();
        assertThat(manifest.pieces()).filteredOn(manifest::isInImage).hasSize(2);
        long inPieces = manifest.pieces().stream().mapToLong(piece -> piece.length().orElseThrow()).sum();
        assertThat(inPieces).isEqualTo(38 * MIB);
    }

    @Test
    void theEndsAloneAreKeptIfThatIsAskedFor() throws Exception {
        RawDisk disk = filled(40 * MIB).gpt(2048, 4095, 30 * 2048, 31 * 2048 - 1);
        disk.close();
        BackupManifest manifest = engine.backup(request(disk.path, new BackupRequest.Division(BackupRequest.Unpartitioned.ENDS,
                OptionalInt.empty())), monitor).manifest();
        assertThat(manifest.leftOut()).extracting(left -> left.offset() / MIB + "+" + left.length() / MIB + " " + left.content())
                .containsExactly("3+27 UNKNOWN", "32+7 UNKNOWN");
        assertThat(notices).filteredOn(notice -> notice.contains("are left out: they were not looked at")).hasSize(2);
        assertThat(verify().intact()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 4096})
    void aTableCountsInTheSectorsThatFitWhatLiesThere(int sectorSize) throws Exception {
        // a raw file has sectors of 512 bytes whatever the disk had
        RawDisk disk = disk(64 * MIB, sectorSize).entry(0, 0, 0x83, 8 * MIB / sectorSize, 20 * MIB / sectorSize)
                .write(8 * MIB, fixture("ext4-1k")).fill(40 * MIB, MIB, random);
        BackupManifest manifest = comesBack(disk);
        assertThat(manifest.disk().sectorSize()).isEqualTo(sectorSize);
        assertThat(manifest.partition(1).orElseThrow().offset()).isEqualTo(8 * MIB);
        assertThat(manifest.partition(1).orElseThrow().fileSystem()).startsWith("ext");
        assertThat(engine.disk(disk.path.toString()).table().orElseThrow().sectorSize()).isEqualTo(sectorSize);
    }

    @Test
    void theSectorSizeThatIsAskedForCounts() throws Exception {
        RawDisk disk = disk(64 * MIB, 4096).entry(0, 0, 0x83, 2048, 5120).fill(8 * MIB, 20 * MIB, random);
        BackupManifest manifest = comesBack(disk, new BackupRequest.Division(BackupRequest.Unpartitioned.AUTO,
                OptionalInt.of(4096)));
        assertThat(manifest.disk().sectorSize()).isEqualTo(4096);
        assertThat(manifest.partition(1).orElseThrow().offset()).isEqualTo(8 * MIB);
        // nothing known lies there, so without being told the table would be taken for one of the device's sectors
        assertThat(engine.disk(disk.path.toString()).table().orElseThrow().partitions().get(0).offset()).isEqualTo(MIB);
        assertThat(engine.disk(disk.path.toString(), OptionalInt.of(4096)).table().orElseThrow().partitions().get(0).offset())
                .isEqualTo(8 * MIB);
        ImageRequest whole = ImageRequest.of(disk.path + "#1", folder.resolve("one.skzimg").toString());
        ImageResult image = engine.image(new ImageRequest(whole.device(), whole.target(), whole.output(),
                whole.source().withSectorSize(OptionalInt.of(4096)), whole.readErrors(), whole.layout(), whole.pipeline(),
                whole.linearHashes()), monitor);
        assertThat(image.image().spec().deviceLength()).isEqualTo(20 * MIB);
        assertThat(image.image().spec().sectorSize()).isEqualTo(4096);
    }

    @Test
    void largeUnpartitionedSpaceIsLeftOutWhereItWasReadAndHoldsNothingKnown() throws Exception {
        RawDisk disk = disk(1300 * MIB, 512).gpt(2048, 4095).fill(MIB, MIB, random);
        disk.close();
        BackupManifest manifest = engine.backup(request(disk.path, BackupRequest.Division.DEFAULT), monitor).manifest();
        assertThat(verify().intact()).isTrue();
        assertThat(manifest.leftOut()).singleElement().satisfies(left -> {
            assertThat(left.content().name()).isEqualTo("ZEROS");
            assertThat(left.offset()).isEqualTo(3 * MIB);
            assertThat(left.end()).isEqualTo(1299 * MIB);
        });
        assertThat(notices).anyMatch(notice -> notice.contains("(1358954496 bytes), in no partition, are left out: they hold zeros only"));

        try (RawDisk other = new RawDisk(disk.path, 1300 * MIB, 512).fill(700 * MIB, 4096, random)) {
            manifest = engine.backup(request(other.path, BackupRequest.Division.DEFAULT), monitor).manifest();
            assertThat(manifest.leftOut()).singleElement().satisfies(left -> assertThat(left.content().name()).isEqualTo("DATA"));
            assertThat(notices).anyMatch(notice -> notice.contains("they hold other than zeros"));
        }
        // not at a MiB, as partitions of old disks
        long place = 800 * MIB + 63 * 512;
        try (RawDisk other = new RawDisk(disk.path, 1300 * MIB, 512).write(place, fixture("ext4-1k"))) {
            assertThat(engine.backup(request(other.path, BackupRequest.Division.DEFAULT), monitor).manifest().leftOut()).isEmpty();
            assertThat(notices).anyMatch(notice -> notice.contains("are kept: they hold ext") && notice.endsWith("at byte " + place));
        }
    }
}
