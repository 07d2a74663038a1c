package org.imagingutility.allocator.ntfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.imagingutility.allocator.ntfs.Records.Run;
import org.imagingutility.allocator.ntfs.files.FilePaths;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.TouchedFile;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.ntfs.structure.Attribute;
import org.imagingutility.tck.device.CountingDevice;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files of a small volume with one of each kind; clusters of 4096 bytes, four records in each cluster of the table. */
class TouchedFilesTest {
    private static final int CLUSTER = 4096;
    private static final long ROOT = Records.reference(5);
    private static final int DIRECTORY = 20;
    private static final int FILE = 24;
    private static final int SMALL = 28;
    private static final int BIG = 32;
    private static final int EXTENSION = 36;
    private static final int TABLE = 4;

    private final VolumeBuilder volume = new VolumeBuilder();
    private CountingDevice device;

    @BeforeEach
    void makeFiles() {
        device = volume.build();
        volume.put(5, 5, Records.fileName(ROOT, 3, "."));
        volume.put(DIRECTORY, DIRECTORY, Records.fileName(ROOT, 2, "LONGNA~1"),
                Records.fileName(ROOT, 1, "long name"),
                Records.nonResident(Attribute.INDEX_ALLOCATION, "$I30", List.of(new Run(600, 1)), CLUSTER, CLUSTER));
        volume.put(FILE, FILE, Records.fileName(Records.reference(DIRECTORY), 0, "file.txt"),
                Records.nonResident(Attribute.DATA, 0, List.of(new Run(700, 2), new Run(-1, 3), new Run(500, 2)), CLUSTER,
                        6L * CLUSTER + 100, 7),
                Records.nonResident(Attribute.DATA, "other", List.of(new Run(800, 1)), CLUSTER, 10));
        volume.put(SMALL, SMALL, Records.fileName(ROOT, 3, "small"),
                Records.resident(Attribute.DATA, "", "some bytes".getBytes(StandardCharsets.US_ASCII)),
                Records.resident(Attribute.DATA, "note", new byte[300]));
        byte[] list = concat(Records.entry(0x30, false, 0, Records.reference(BIG)),
                Records.entry(Attribute.DATA, false, 0, Records.reference(EXTENSION)));
        volume.put(BIG, BIG, Records.resident(Attribute.ATTRIBUTE_LIST, list), Records.fileName(ROOT, 3, "big"));
        volume.put(EXTENSION, BIG, Records.nonResident(Attribute.DATA, 0, List.of(new Run(900, 10)), CLUSTER, 10 * CLUSTER,
                10));
    }

    @Test
    void namesTheFileAClusterBelongsToByItsLongName() throws ImagingException {
        assertThat(cluster(701)).containsExactly(new TouchedFile("\\long name\\file.txt", CLUSTER));
    }

    @Test
    void countsTheBytesInTheRangesAndNotThoseBehindTheEndOfTheData() throws ImagingException {
        ExtentList ranges = new ExtentList.Builder().add(500 * CLUSTER + 512, CLUSTER).add(700 * CLUSTER, 512)
                .add(702 * CLUSTER, CLUSTER).build();
        assertThat(in(ranges)).containsExactly(new TouchedFile("\\long name\\file.txt", CLUSTER - 512 + 100 + 512));
        // the file ends 100 bytes into cluster 501: what follows is touched, but no content is
        assertThat(in(range(501 * CLUSTER + 1024, 512))).containsExactly(new TouchedFile("\\long name\\file.txt", 0));
    }

    @Test
    void namesOtherStreams() throws ImagingException {
        assertThat(cluster(800)).containsExactly(new TouchedFile("\\long name\\file.txt:other", 10));
    }

    @Test
    void namesADirectoryWhoseEntriesAreTouched() throws ImagingException {
        assertThat(cluster(600)).containsExactly(new TouchedFile("\\long name", 0));
    }

    @Test
    void namesAFileWhoseRunsStandInAnotherRecord() throws ImagingException {
        assertThat(in(range(905 * CLUSTER, 20 * CLUSTER))).containsExactly(new TouchedFile("\\big", 5 * CLUSTER));
    }

    @Test
    void namesNothingInFreeClusters() throws ImagingException {
        assertThat(in(range(200 * CLUSTER, 100 * CLUSTER))).isEmpty();
        assertThat(in(ExtentList.empty())).isEmpty();
    }

    @Test
    void countsDataThatStandsInItsRecord() throws ImagingException {
        assertThat(in(record(SMALL))).containsExactly(new TouchedFile("$MFT", 1024), new TouchedFile("\\small", 10),
                new TouchedFile("\\small:note", 300));
    }

    @Test
    void namesAFileWhoseRecordIsTouchedThoughNoneOfItsContentIs() throws ImagingException {
        assertThat(in(record(FILE))).containsExactly(new TouchedFile("$MFT", 1024),
                new TouchedFile("\\long name\\file.txt", 0));
    }

    @Test
    void namesRecordsThatCannotBeReadByNumberAndReadsAllOthers() throws ImagingException {
        device.makeUnreadable(volume.recordOffset(SMALL), 512);
        ExtentList ranges = new ExtentList.Builder().add(volume.recordOffset(SMALL), 512).add(900 * CLUSTER, CLUSTER)
                .build();
        assertThat(in(ranges)).containsExactly(new TouchedFile("$MFT", 512),
                new TouchedFile("$MFT record " + SMALL, 0), new TouchedFile("\\big", CLUSTER));
    }

    @Test
    void passesOverRecordsThatCannotBeReadOutsideTheRanges() throws ImagingException {
        device.makeUnreadable(volume.recordOffset(SMALL), 1024);
        assertThat(cluster(900)).containsExactly(new TouchedFile("\\big", CLUSTER));
    }

    @Test
    void namesRecordsThatAreNoRecordsAnyMore() throws ImagingException {
        volume.bytes.write(volume.recordOffset(SMALL), new byte[1024]);
        assertThat(in(range(volume.recordOffset(SMALL), 1024))).containsExactly(new TouchedFile("$MFT", 1024),
                new TouchedFile("$MFT record " + SMALL, 0));
        volume.bytes.write(volume.recordOffset(FILE) + 510, (byte) 77);
        assertThat(in(range(volume.recordOffset(FILE), 512))).containsExactly(new TouchedFile("$MFT", 512),
                new TouchedFile("$MFT record " + FILE, 0));
    }

    @Test
    void doesNotNameRecordsThatAreNotInUse() throws ImagingException {
        volume.put(0, 0, Records.fileName(ROOT, 3, "$MFT"),
                Records.nonResident(Attribute.DATA, 0, volume.mft, CLUSTER, 16 * CLUSTER, 16),
                Records.nonResident(Attribute.BITMAP, 0, List.of(new Run(950, 1)), CLUSTER, 8, 1));
        volume.bytes.write(950 * CLUSTER, (byte) 0xFF, (byte) 0x0F, (byte) 0, (byte) (1 << FILE % 8));
        volume.bytes.write(volume.recordOffset(FILE), new byte[4096 * 2]);
        assertThat(in(range(volume.recordOffset(FILE), 4096 * 2))).containsExactly(new TouchedFile("$MFT", 4096 * 2),
                new TouchedFile("$MFT record " + FILE, 0));
    }

    @Test
    void namesAFileOneOfWhoseRecordsIsLost() throws ImagingException {
        volume.bytes.write(volume.recordOffset(EXTENSION), new byte[1024]);
        assertThat(in(record(EXTENSION))).containsExactly(new TouchedFile("$MFT", 1024), new TouchedFile("\\big", 0));
    }

    @Test
    void namesAFileWhoseBaseRecordIsLostByNumber() throws ImagingException {
        volume.bytes.write(volume.recordOffset(BIG), new byte[1024]);
        assertThat(cluster(903)).containsExactly(new TouchedFile("$MFT record " + BIG, CLUSTER));
    }

    @Test
    void takesTheNameFromARecordThatExtendsTheFile() throws ImagingException {
        byte[] list = concat(Records.entry(0x30, false, 0, Records.reference(40)),
                Records.entry(Attribute.DATA, false, 0, Records.reference(EXTENSION)));
        volume.put(BIG, BIG, Records.resident(Attribute.ATTRIBUTE_LIST, list));
        volume.put(40, BIG, Records.fileName(Records.reference(DIRECTORY), 3, "moved"));
        assertThat(cluster(903)).containsExactly(new TouchedFile("\\long name\\moved", CLUSTER));
    }

    @Test
    void passesOverExtensionsOfAFileThatIsNoMore() throws ImagingException {
        volume.patchRecord(BIG, 16, (byte) 99);
        assertThat(cluster(903)).isEmpty();
        volume.patchRecord(BIG, 16, (byte) BIG);
        assertThat(cluster(903)).hasSize(1);
        volume.patchRecord(BIG, 22, (byte) 0);
        assertThat(cluster(903)).isEmpty();
    }

    @Test
    void beginsAPathWithAQuestionMarkWhereTheDirectoryIsNotKnown() throws ImagingException {
        volume.patchRecord(DIRECTORY, 16, (byte) 99);
        assertThat(cluster(701)).containsExactly(new TouchedFile("?\\file.txt", CLUSTER));
        volume.put(DIRECTORY, DIRECTORY, Records.fileName(Records.reference(1L << 40), 3, "lost"));
        assertThat(cluster(701)).containsExactly(new TouchedFile("?\\lost\\file.txt", CLUSTER));
    }

    @Test
    void endsWhereDirectoriesStandInEachOther() throws ImagingException {
        volume.put(DIRECTORY, DIRECTORY, Records.fileName(Records.reference(21), 3, "a"));
        volume.put(21, 21, Records.fileName(Records.reference(DIRECTORY), 3, "b"));
        assertThat(cluster(701)).singleElement().satisfies(file -> assertThat(file.path())
                .startsWith("?\\").endsWith("\\b\\a\\file.txt").hasSizeBetween(1000, FilePaths.MAX_PATH + 2));
    }

    @Test
    void showsNoControlCharactersOfNames() throws ImagingException {
        volume.put(DIRECTORY, DIRECTORY, Records.fileName(ROOT, 0, "\u001B[2Ja\u009Bb\uD83D"));
        assertThat(cluster(701)).containsExactly(new TouchedFile("\\\uFFFD[2Ja\uFFFDb\uFFFD\\file.txt", CLUSTER));
    }

    @Test
    void namesSystemFilesAndThoseBelowThemWithoutTheRoot() throws ImagingException {
        volume.put(11, 11, Records.fileName(ROOT, 3, "$Extend"));
        volume.put(21, 21, Records.fileName(Records.reference(11), 3, "$UsnJrnl"),
                Records.nonResident(Attribute.DATA, "$J", List.of(new Run(-1, 1000), new Run(650, 2)), CLUSTER,
                        1002 * CLUSTER));
        assertThat(cluster(651)).containsExactly(new TouchedFile("$Extend\\$UsnJrnl:$J", CLUSTER));
        // record 6 has no name on this volume
        assertThat(cluster(2)).containsExactly(new TouchedFile("$Bitmap", 125));
        volume.put(5, 5, Records.fileName(ROOT, 3, "."),
                Records.nonResident(Attribute.INDEX_ALLOCATION, "$I30", List.of(new Run(660, 1)), CLUSTER, CLUSTER));
        assertThat(cluster(660)).containsExactly(new TouchedFile("\\", 0));
    }

    @Test
    void namesPlacesThatAreInNoFile() throws ImagingException {
        volume.surplusBytes = 4096;
        volume.bytes.writeLong(40, volume.clusterCount * 8 + 3);
        device = new CountingDevice(volume.deviceLength(), 512, volume.bytes);
        long end = volume.clusterCount * CLUSTER;
        ExtentList ranges = new ExtentList.Builder().add(256, 512).add(end - 512, 4096 + 512).build();
        assertThat(in(ranges)).containsExactly(new TouchedFile("(backup boot sector)", 512),
                new TouchedFile("(behind the last cluster)", 4096 - 512), new TouchedFile("(boot sector)", 256));
    }

    @Test
    void givesNoMoreFilesThanAskedFor() throws ImagingException {
        ExtentList all = range(0, device.length());
        List<TouchedFile> files = in(all);
        assertThat(files).hasSizeGreaterThan(10).isSortedAccordingTo((a, b) -> a.path().compareTo(b.path()));
        for (int limit = 0; limit <= files.size() + 1; limit++) {
            assertThat(new NtfsAllocator().recognise(device).orElseThrow().filesIn(all, limit))
                    .hasSize(Math.min(limit, files.size()));
        }
    }

    @Test
    void ignoresRunsThatLeadOutOfTheVolume() throws ImagingException {
        volume.put(FILE, FILE, Records.fileName(ROOT, 0, "file.txt"), Records.nonResident(Attribute.DATA, 0,
                List.of(new Run(700, 2), new Run(999, 5), new Run(500, 2)), CLUSTER, 9L * CLUSTER, 9));
        assertThat(cluster(700)).containsExactly(new TouchedFile("\\file.txt", CLUSTER));
        assertThat(cluster(999)).isEmpty();
        assertThat(cluster(500)).isEmpty();
    }

    private List<TouchedFile> in(ExtentList ranges) throws ImagingException {
        return new NtfsAllocator().recognise(device).orElseThrow().filesIn(ranges, 1000);
    }

    private List<TouchedFile> cluster(long cluster) throws ImagingException {
        return in(range(cluster * CLUSTER, CLUSTER));
    }

    private static ExtentList record(int number) {
        return range((long) TABLE * CLUSTER + number * 1024L, 1024);
    }

    private static ExtentList range(long offset, long length) {
        return new ExtentList.Builder().add(offset, length).build();
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] both = java.util.Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
