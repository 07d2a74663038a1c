package org.imagingutility.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.DiskListing;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.engine.plugin.Origin;
import org.imagingutility.fixtures.Fixtures;
import org.imagingutility.tck.Content;
import org.imagingutility.tck.device.FaultyDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Partitions of disk images, as devices and in lists. */
class PartitionsTest {
    @TempDir
    private Path folder;
    private final TestEngine engine = new TestEngine();
    private final List<String> notices = new ArrayList<>();
    private final JobMonitor monitor = new JobMonitor() {
        @Override
        public void notice(String line) {
            notices.add(line);
        }
    };

    private Path part(Path disk, int number) {
        return disk.resolveSibling(disk.getFileName() + "#" + number);
    }

    private ImageResult image(Path device, String name) throws ImagingException {
        return engine.image(TestEngine.request(device, folder.resolve(name), false, 2), monitor);
    }

    private static void extract(Path disk, long offset, long length, Path target) throws IOException {
        try (InputStream in = Files.newInputStream(disk)) {
            in.skipNBytes(offset);
            Files.write(target, in.readNBytes((int) length));
        }
    }

    @Test
    void aPartitionIsImagedLikeTheSameBytesInAFile() throws Exception {
        Path disk = Fixtures.unpack("disk-mbr", folder);
        Path extracted = folder.resolve("extracted");
        extract(disk, 22020096, 8388608, extracted);
        ImageResult expected = image(extracted, "expected.skzimg");
        ImageResult made = image(part(disk, 5), "made.skzimg");

        assertThat(made.allocator()).isEqualTo("ntfs");
        assertThat(made.fileSystem()).isEqualTo(expected.fileSystem());
        assertThat(made.image().digests().content()).isEqualTo(expected.image().digests().content());
        assertThat(made.linearHashes()).isEqualTo(expected.linearHashes());
        assertThat(made.image().spec().metadata().text("device.kind")).hasValue("PARTITION");
        assertThat(made.image().spec().metadata().text("device.reference")).hasValue(part(disk, 5).toString());
    }

    @Test
    void aPartitionOfADiskWithLargeSectorsHasLargeSectors() throws Exception {
        Path disk = Fixtures.unpack("disk-gpt-4kn", folder);
        ImageResult made = image(part(disk, 3), "made.skzimg");
        assertThat(made.image().spec().sectorSize()).isEqualTo(4096);
        assertThat(made.image().spec().deviceLength()).isEqualTo(12288000);
        assertThat(made.allocator()).isEqualTo("ntfs");
        assertThat(made.image().spec().metadata().text("device.label")).hasValue("data4k");
    }

    @Test
    void saysWhichCopyOfTheTableWasGoneBy() throws Exception {
        image(part(Fixtures.unpack("disk-gpt-crc", folder), 3), "made.skzimg");
        assertThat(notices).singleElement().asString().contains("the primary GPT is damaged (byte 528", "its backup is used");
    }

    @Test
    void listsADiskWithWhatIsOnIt() throws Exception {
        Path disk = Fixtures.unpack("disk-mbr", folder);
        DiskListing listing = engine.disk(disk.toString());
        assertThat(listing.device().kind()).isEqualTo(DeviceKind.FILE);
        assertThat(listing.partitions()).extracting(content -> content.fileSystem().map(FileSystemInfo::fileSystem).orElse("-"))
                .containsExactly("NTFS 3.1", "ext4", "-", "NTFS 3.1", "ext4");
        assertThat(listing.partitions()).extracting(DiskListing.Content::reference)
                .startsWith(part(disk, 1).toString(), part(disk, 2).toString());
        assertThat(listing.partitions()).allMatch(content -> content.problem().isEmpty());

        DiskListing inside = engine.disk(part(disk, 1).toString());
        assertThat(inside.table()).isEmpty();
        assertThat(inside.device().parent()).hasValue(disk.toString());
        assertThat(inside.device().readOnly()).isTrue();
        assertThat(inside.fileSystem().orElseThrow().fileSystem()).isEqualTo("NTFS 3.1");
    }

    @Test
    void aPartitionThatCannotBeLookedIntoHidesNoOther() throws Exception {
        DiskListing listing = engine.disk(Fixtures.unpack("bad-disk-mbr-past-end", folder).toString());
        assertThat(listing.partitions().get(0).problem().orElseThrow()).contains("ends at byte 2199024303616 of the disk");
        assertThat(listing.partitions().get(3).fileSystem()).isPresent();
    }

    @Test
    void refusesPartitionsThatAreNoDevices() {
        Path disk = Fixtures.unpack("disk-mbr", folder);
        assertFails(part(disk, 4), DeviceException.class, "has no partition 4 (it has 1, 2, 3, 5, 6)");
        assertFails(part(disk, 3), DeviceException.class, "is an extended partition");
        assertFails(part(Fixtures.unpack("bad-disk-mbr-past-end", folder), 1), DeviceException.class, "ends at byte");
        assertFails(part(Fixtures.unpack("disk-empty", folder), 1), DeviceException.class, "has no partition table");
        assertFails(part(folder.resolve("nothing.img"), 1), DeviceException.class, "there is no such file");
        assertFails(folder.resolve("disk-mbr.img#0"), DeviceException.class, "there is no such file");
    }

    @Test
    void aPartitionOfATableThatContradictsItselfIsTakenWithAWord() throws Exception {
        image(part(Fixtures.unpack("disk-overlap", folder), 1), "made.skzimg");
        assertThat(notices).anySatisfy(notice -> assertThat(notice).contains("overlap"));
    }

    private void assertFails(Path device, Class<? extends ImagingException> type, String reason) {
        assertThatThrownBy(() -> image(device, "never.skzimg")).isInstanceOf(type).hasMessageContaining(reason);
        assertThat(folder.resolve("never.skzimg")).doesNotExist();
    }

    @Test
    void aFileOfThatVeryNameGoesFirst() throws Exception {
        Path disk = Fixtures.unpack("disk-mbr", folder);
        Files.write(part(disk, 1), Content.random(100_000, 1));
        assertThat(image(part(disk, 1), "made.skzimg").image().spec().deviceLength()).isEqualTo(100_000);
        Files.write(part(disk, 2), new byte[0]);
        assertFails(part(disk, 2), DeviceException.class, "has no bytes");
    }

    @Test
    void neitherTheDiskNorAPartitionIsATarget() throws Exception {
        Path disk = Fixtures.unpack("disk-mbr", folder);
        String before = Fixtures.sha256(disk);
        ImageRequest request = TestEngine.request(part(disk, 1), disk, false, 1);
        assertThatThrownBy(() -> engine.image(request, monitor)).isInstanceOf(UsageException.class)
                .hasMessageContaining("source and target are the same");
        image(part(disk, 1), "made.skzimg");
        assertThatThrownBy(() -> engine.restore(TestEngine.restore(folder.resolve("made.skzimg"), part(disk, 2)), monitor))
                .isInstanceOf(UsageException.class).hasMessageContaining("not restored to");
        assertThat(part(disk, 2)).doesNotExist();
        assertThat(Fixtures.sha256(disk)).isEqualTo(before);
    }

    @Test
    void withoutAReaderOfTablesItSaysWhatIsMissing() {
        Path disk = Fixtures.unpack("disk-mbr", folder);
        engine.installed().partitionTables().all().forEach(engine.installed().partitionTables()::remove);
        assertFails(part(disk, 1), UsageException.class, "no plug-in that reads partition tables is installed");
        assertThatThrownBy(() -> engine.disk(disk.toString())).isInstanceOf(UsageException.class);
    }

    @Test
    void unreadableSectorsAreCountedFromTheBeginningOfThePartition() throws Exception {
        byte[] bytes = Content.random(2 << 20, 7);
        ByteBuffer table = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        table.put(446, new byte[64]).put(450, (byte) 0x83).putInt(454, 100).putInt(458, 3000).putShort(510, (short) 0xAA55);
        FaultyDisk disk = new FaultyDisk(bytes, 512);
        disk.device().bad(100 + 17, FaultyDevice.FOREVER);
        engine.installed().deviceProviders().add(disk, 1, () -> Origin.ofModule(disk));
        ImageRequest plain = TestEngine.request(folder, folder.resolve("made"), true, 2);
        ImageResult made = engine.image(new ImageRequest(FaultyDisk.REFERENCE + "#1", plain.target(), plain.output(), plain.source(),
                new ImageRequest.ReadErrors(true, 0, Duration.ZERO, Optional.empty(), false), plain.layout(), plain.pipeline(),
                plain.linearHashes()), monitor);
        assertThat(made.unreadable()).isEqualTo(new ExtentList.Builder().add(17 * 512, 512).build());

        Path restored = folder.resolve("restored");
        engine.restore(TestEngine.restore(folder.resolve("made"), restored), monitor);
        byte[] expected = Arrays.copyOfRange(bytes, 100 * 512, 3100 * 512);
        Arrays.fill(expected, 17 * 512, 18 * 512, (byte) 0);
        assertThat(Files.readAllBytes(restored)).isEqualTo(expected);
    }
}
