package org.imagingutility.allocator.ntfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.imagingutility.allocator.ntfs.Records.Run;
import org.imagingutility.allocator.ntfs.VolumeBuilder.ListForm;
import org.imagingutility.allocator.ntfs.files.FilePaths;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.TouchedFile;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fixtures.Fixtures;
import org.imagingutility.fs.ntfs.structure.Attribute;
import org.imagingutility.tck.allocator.VolumeFuzz;
import org.imagingutility.tck.allocator.VolumeFuzz.Target;
import org.imagingutility.tck.device.CountingDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes bytes of boot sectors, records and attribute lists at random, and asks for names of files as well. */
class FuzzTest {
    /** Attribute lists are bounded, and so is what they make read: 8192 entries with a record of 64 KiB each. */
    private static final long READ_LIMIT = 600L << 20;

    @TempDir
    private Path folder;

    @Test
    void changedFixtureIsReadOrRefused() throws Exception {
        byte[] image = Files.readAllBytes(Fixtures.unpack("ntfs-c1024", folder));
        new VolumeFuzz(new NtfsAllocator(), READ_LIMIT).looking(FuzzTest::findFiles).run(image, List.of(
                new Target(0, 90), record(16384, 0, 1024), record(16384, 3, 1024), record(16384, 6, 1024),
                record(16384, 5, 1024), record(16384, 70, 1024), record(16384, 73, 1024), record(16384, 76, 1024)));
    }

    @Test
    void changedFixtureWithSectorsOf4096BytesIsReadOrRefused() throws Exception {
        byte[] image = Files.readAllBytes(Fixtures.unpack("ntfs-s4096", folder));
        new VolumeFuzz(new NtfsAllocator(), READ_LIMIT).looking(FuzzTest::findFiles).run(image, List.of(
                new Target(0, 90), record(16384, 0, 4096), record(16384, 6, 4096)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void changedVolumeWithAttributeListsIsReadOrRefusedInOrderOrDirty(int flags) throws ImagingException {
        VolumeBuilder volume = new VolumeBuilder().clusters(1024, 9000);
        volume.volumeFlags = flags;
        volume.log = List.of(new Run(5000, 8));
        volume.bytes.write(5000 * 1024, new byte[] {'R', 'S', 'T', 'R', 30, 0, 9, 0});
        volume.bytes.writeInt(5000 * 1024 + 16, 4096);
        volume.bytes.writeShort(5000 * 1024 + 24, 48);
        volume.rootEntries.add(Records.indexEntry(24, "bootmgr"));
        volume.rootEntries.add(Records.indexEntry(22, "hiberfil.sys"));
        volume.mft = List.of(new Run(100, 20), new Run(60, 5), new Run(40, 12));
        volume.bitmap = List.of(new Run(30, 1), new Run(20, 1));
        volume.mftList = ListForm.NON_RESIDENT;
        volume.bitmapList = ListForm.RESIDENT;
        volume.listClusters = List.of(new Run(4000, 1));
        volume.build();
        byte[] list = Arrays.copyOf(Records.entry(Attribute.FILE_NAME, false, 0, Records.reference(26)), 64);
        System.arraycopy(Records.entry(Attribute.DATA, false, 0, Records.reference(24)), 0, list, 32, 32);
        volume.put(22, 22, Records.resident(Attribute.ATTRIBUTE_LIST, list));
        volume.put(24, 22, Records.nonResident(Attribute.DATA, 0, List.of(new Run(700, 2), new Run(-1, 3),
                new Run(500, 2)), 1024, 7000, 7));
        volume.put(26, 22, Records.fileName(Records.reference(27), 3, "name"), Records.resident(Attribute.DATA, "stream",
                new byte[20]));
        volume.put(27, 27, Records.fileName(Records.reference(28), 3, "directory"));
        volume.put(28, 28, Records.fileName(Records.reference(5), 3, "parent"));
        byte[] image = volume.bytes.read(0, (int) volume.deviceLength());
        int mft = 100 * 1024;
        new VolumeFuzz(new NtfsAllocator(), READ_LIMIT).looking(FuzzTest::findFiles).run(image, List.of(
                new Target(0, 90), record(mft, 0, 1024), record(mft, 6, 1024), record(mft, 12, 1024), record(mft, 13, 1024),
                record(mft, 14, 1024), record(mft, 15, 1024), record(60 * 1024, 2, 1024), record(60 * 1024, 4, 1024),
                record(40 * 1024, 1, 1024), record(40 * 1024, 2, 1024), record(40 * 1024, 3, 1024), record(mft, 2, 1024),
                record(mft, 3, 1024), record(mft, 5, 1024), new Target(5000 * 1024, 80), new Target(4000 * 1024, 192)));
    }

    /**
     * Returns the part of a record that is usually in use.
     * The end of each 512 bytes, where an update sequence counts, is spared: a torn record is refused and tests nothing else.
     */
    private static Target record(int mft, int number, int recordSize) {
        return new Target(mft + number * recordSize, 600, at -> at % 512 >= 510 - 8);
    }

    /** Whatever the records say, looking for files gives some, in order and within the limit, and throws nothing. */
    private static void findFiles(Allocation allocation, CountingDevice device, String what) throws ImagingException {
        long half = device.length() / 2 / 512 * 512;
        ExtentList all = new ExtentList.Builder().add(0, device.length()).build();
        ExtentList pieces = new ExtentList.Builder().add(0, 4096).add(16384, 3000).add(100 * 1024, 5 * 1024)
                .add(half, half).build();
        for (ExtentList ranges : List.of(all, pieces)) {
            List<TouchedFile> files = allocation.filesIn(ranges, 50);
            assertThat(files).as(what).isNotEmpty().hasSizeLessThanOrEqualTo(50)
                    .isSortedAccordingTo(Comparator.comparing(TouchedFile::path))
                    .allMatch(file -> file.bytes() >= 0 && file.path().length() <= 2 * FilePaths.MAX_PATH);
        }
        ExtentList telltale = allocation.telltale();
        assertThat(telltale.totalLength()).as(what).isBetween(1L, 2L << 20);
        assertThat(telltale.end(telltale.count() - 1)).as(what).isLessThanOrEqualTo(device.length());
    }
}
