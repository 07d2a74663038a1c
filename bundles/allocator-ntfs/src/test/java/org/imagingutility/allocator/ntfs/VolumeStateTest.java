package org.imagingutility.allocator.ntfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.imagingutility.allocator.ntfs.Records.Run;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.AllocationBasis;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.ntfs.structure.Attribute;
import org.imagingutility.tck.device.CountingDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What says that a volume is not in order, and that what its records refer to counts then. */
class VolumeStateTest {
    private static final int LOG = 40;

    private final VolumeBuilder volume = new VolumeBuilder();

    @Test
    void volumeInOrderIsReadByItsBitmapAloneWithoutANotice() throws ImagingException {
        Allocation allocation = allocationWithAFile();
        assertThat(allocation.state().inOrder()).isTrue();
        assertThat(allocation.state().basis()).isEqualTo(AllocationBasis.RECORDED);
        assertThat(allocation.warnings()).isEmpty();
        assertThat(covers(allocation, 700)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0x0001, dirty", "0x0002, check-pending", "0x0004, check-pending", "0x0010, check-pending",
        "0x0020, check-pending", "0x4000, check-pending", "0x4001, 'dirty, check-pending'"})
    void flagsOfTheVolumeMakeItsRecordsCount(String flags, String conditions) throws ImagingException {
        volume.volumeFlags = Integer.decode(flags);
        assertUnion(allocationWithAFile(), conditions, "flags of $Volume " + flags);
    }

    @ParameterizedTest
    @CsvSource({"0x0008", "0x8000"})
    void flagsThatStaySetOnVolumesInOrderSayNothing(String flags) throws ImagingException {
        volume.volumeFlags = Integer.decode(flags);
        assertThat(allocationWithAFile().state().inOrder()).isTrue();
    }

    @Test
    void logThatWasNotClosedMakesRecordsCount() throws ImagingException {
        volume.log = List.of(new Run(LOG, 4));
        restartPage(0, 1, 10, 0, 0);
        assertUnion(allocationWithAFile(), "journal-pending", "a log that was not closed");
    }

    @Test
    void newerRestartPageDecides() throws ImagingException {
        volume.log = List.of(new Run(LOG, 4));
        restartPage(0, 1, 10, 0, 0);
        restartPage(4096, 1, 11, 0xFFFF, 0);
        assertThat(allocationWithAFile().state().inOrder()).isTrue();
        restartPage(4096, 1, 9, 0xFFFF, 0);
        assertThat(allocationWithAFile().state().conditions()).isEqualTo("journal-pending");
    }

    @Test
    void logMarkedCleanIsClosedWhoeverUsesIt() throws ImagingException {
        volume.log = List.of(new Run(LOG, 4));
        restartPage(0, 1, 10, 0, 2);
        assertThat(allocationWithAFile().state().inOrder()).isTrue();
    }

    @Test
    void logOfVersion2IsStillInUseByWindows() throws ImagingException {
        volume.log = List.of(new Run(LOG, 4));
        restartPage(0, 2, 10, 0xFFFF, 2);
        assertUnion(allocationWithAFile(), "journal-pending", "still in use by Windows");
    }

    @Test
    void logThatWasResetIsClosed() throws ImagingException {
        volume.log = List.of(new Run(LOG, 64));
        byte[] ones = new byte[64 * 4096];
        java.util.Arrays.fill(ones, (byte) -1);
        volume.bytes.write(LOG * 4096L, ones);
        assertThat(allocationWithAFile().state().inOrder()).isTrue();
    }

    @Test
    void tornOrForeignRestartPagesSayNothingGood() throws ImagingException {
        volume.log = List.of(new Run(LOG, 4));
        restartPage(0, 1, 10, 0xFFFF, 0);
        volume.bytes.write(LOG * 4096L + 1022, (byte) 0x55);
        assertUnion(allocationWithAFile(), "journal-pending", "without a sound restart page");
    }

    @ParameterizedTest
    @CsvSource({"hibr, hibernated", "HIBR, hibernated", "WAKE, dirty", "RSTR, dirty"})
    void hibernationFileMakesRecordsCount(String mark, String condition) throws ImagingException {
        volume.rootEntries.add(Records.indexEntry(24, "bootmgr"));
        volume.rootEntries.add(Records.indexEntry(25, "HIBERFIL.SYS"));
        CountingDevice device = deviceWithAFile();
        volume.put(25, 25, Records.nonResident(Attribute.DATA, 0, List.of(new Run(300, 2)), 4096, 8000, 2));
        volume.bytes.write(300 * 4096L, mark.getBytes(StandardCharsets.US_ASCII));
        Allocation allocation = new NtfsAllocator().recognise(device).orElseThrow();
        assertUnion(allocation, condition, "hiberfil.sys begins with \"" + mark + "\"");
        assertThat(covers(allocation, 300)).isTrue();
    }

    @Test
    void hibernationFileOfZerosSaysNothing() throws ImagingException {
        volume.rootEntries.add(Records.indexEntry(25, "hiberfil.sys"));
        CountingDevice device = deviceWithAFile();
        volume.put(25, 25, Records.nonResident(Attribute.DATA, 0, List.of(new Run(300, 2)), 4096, 8000, 2));
        assertThat(new NtfsAllocator().recognise(device).orElseThrow().state().inOrder()).isTrue();
    }

    @Test
    void furtherRecordsOfAFileCountOnADirtyVolume() throws ImagingException {
        volume.volumeFlags = 1;
        CountingDevice device = deviceWithAFile();
        byte[] list = Records.entry(Attribute.DATA, false, 0, Records.reference(30));
        volume.put(29, 29, Records.resident(Attribute.ATTRIBUTE_LIST, list));
        volume.put(30, 29, Records.nonResident(Attribute.DATA, 0, List.of(new Run(500, 3), new Run(-1, 9),
                new Run(400, 2)), 4096, 50_000, 14));
        Allocation allocation = new NtfsAllocator().recognise(device).orElseThrow();
        for (int cluster : new int[] {400, 401, 500, 501, 502}) {
            assertThat(covers(allocation, cluster)).as("cluster " + cluster).isTrue();
        }
        assertThat(covers(allocation, 503)).isFalse();
    }

    @Test
    void furtherRecordThatIsNotThereIsRefused() throws ImagingException {
        volume.volumeFlags = 1;
        CountingDevice device = deviceWithAFile();
        volume.put(29, 29, Records.resident(Attribute.ATTRIBUTE_LIST,
                Records.entry(Attribute.DATA, false, 0, Records.reference(31))));
        assertRefused(device, "record 31");
    }

    @Test
    void tornRecordInUseIsRefused() throws ImagingException {
        volume.volumeFlags = 1;
        CountingDevice device = deviceWithAFile();
        volume.bytes.write(volume.recordOffset(28) + 1022, (byte) 0x77);
        assertRefused(device, "record 28 of $MFT is torn");
    }

    @Test
    void runOutsideTheVolumeIsRefused() throws ImagingException {
        volume.volumeFlags = 1;
        CountingDevice device = deviceWithAFile();
        volume.put(29, 29, Records.nonResident(Attribute.DATA, 0, List.of(new Run(999, 2)), 4096, 8000, 2));
        assertRefused(device, "a run of record 29 has 2 clusters at cluster 999");
    }

    @Test
    void recordsThatReferToTheVolumeManyTimesOverAreRefused() throws ImagingException {
        volume.volumeFlags = 1;
        CountingDevice device = deviceWithAFile();
        for (int number = 40; number < 44; number++) {
            volume.put(number, number, Records.nonResident(Attribute.DATA, 0, List.of(new Run(0, 990)), 4096, 8000, 990));
        }
        assertRefused(device, "more clusters than the volume has");
    }

    @Test
    void systemFilesMustBeInUseOnAVolumeInOrder() throws ImagingException {
        volume.log = List.of(new Run(LOG, 4));
        restartPage(0, 1, 10, 0xFFFF, 0);
        CountingDevice device = deviceWithAFile();
        volume.bytes.write(2 * 4096L + LOG / 8, (byte) 0xF7);
        assertRefused(device, "cluster " + (LOG + 3) + " free");
    }

    private Allocation allocationWithAFile() throws ImagingException {
        return new NtfsAllocator().recognise(deviceWithAFile()).orElseThrow();
    }

    /** Builds the volume with a file in clusters 700 and 701 that the bitmap has free. */
    private CountingDevice deviceWithAFile() {
        CountingDevice device = volume.build();
        volume.put(28, 28, Records.nonResident(Attribute.DATA, 0, List.of(new Run(700, 2)), 4096, 8000, 2));
        return device;
    }

    private void restartPage(int at, int version, long lsn, int clients, int flags) {
        ByteBuffer page = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        page.put(0, "RSTR".getBytes(StandardCharsets.US_ASCII)).putShort(4, (short) 30).putShort(6, (short) 9);
        page.putInt(16, 4096).putInt(20, 4096).putShort(24, (short) 48).putShort(28, (short) version);
        page.putLong(48, lsn).putShort(60, (short) clients).putShort(62, (short) flags);
        for (int block = 0; block < 8; block++) {
            page.putShort(510 + 512 * block, (short) 0x0101);
        }
        page.putShort(30, (short) 0x0101);
        volume.bytes.write(LOG * 4096L + at, page.array());
    }

    private static void assertUnion(Allocation allocation, String conditions, String evidence) throws ImagingException {
        assertThat(allocation.state().conditions()).isEqualTo(conditions);
        assertThat(allocation.state().basis()).isEqualTo(AllocationBasis.UNION);
        assertThat(allocation.warnings()).singleElement().asString().contains("NTFS 3.1 on \"volume\"", evidence,
                "are both taken");
        assertThat(covers(allocation, 700) && covers(allocation, 701)).isTrue();
        assertThat(covers(allocation, 702)).isFalse();
    }

    private static void assertRefused(CountingDevice device, String reason) throws ImagingException {
        Allocation allocation = new NtfsAllocator().recognise(device).orElseThrow();
        assertThatThrownBy(() -> covers(allocation, 999)).isInstanceOf(FileSystemException.class)
                .hasMessageContaining(reason);
    }

    private static boolean covers(Allocation allocation, long cluster) throws ImagingException {
        try (var cursor = allocation.extents()) {
            boolean found = false;
            while (cursor.next()) {
                found |= cursor.offset() <= cluster * 4096 && cursor.offset() + cursor.length() >= (cluster + 1) * 4096;
            }
            return found;
        }
    }
}
