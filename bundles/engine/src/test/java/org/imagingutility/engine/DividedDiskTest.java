package org.imagingutility.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.Digest;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.job.DiskListing;
import org.imagingutility.api.job.ExportRequest;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.RestoreRequest;
import org.imagingutility.api.job.RestoreResult;
import org.imagingutility.api.job.VerifyResult;
import org.imagingutility.api.partition.Partition;
import org.imagingutility.api.partition.PartitionRole;
import org.imagingutility.fixtures.Fixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole disks in one image, of which only what is in use is taken. */
class DividedDiskTest {
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

    private ImageResult image(Path device, String name) throws Exception {
        return engine.image(TestEngine.request(device, folder.resolve(name), false, 2), monitor);
    }

    private Digest ofPartition(Path disk, int number) throws Exception {
        Path image = folder.resolve("part.skzimg");
        Files.deleteIfExists(image);
        return engine.image(TestEngine.request(disk.resolveSibling(disk.getFileName() + "#" + number), image, false, 2), JobMonitor.NONE)
                .image().digests().content();
    }

    /** A file in which what is not restored is not zeros, so that it would be missed. */
    private Path restoredOver(byte filling, Path disk, String image) throws Exception {
        Path target = folder.resolve("restored.raw");
        byte[] filled = new byte[1 << 20];
        Arrays.fill(filled, filling);
        try (FileChannel out = FileChannel.open(target, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (long left = Files.size(disk); left > 0; left -= filled.length) {
                out.write(ByteBuffer.wrap(filled, 0, (int) Math.min(left, filled.length)));
            }
        }
        engine.restore(new RestoreRequest(folder.resolve(image).toString(), target.toString(), false, true, true, PipelineOptions.DEFAULT), JobMonitor.NONE);
        return target;
    }

    @ParameterizedTest
    @ValueSource(strings = {"disk-mbr", "disk-gpt", "disk-gpt-4kn", "disk-gpt-primary-lost", "disk-hybrid"})
    void whatIsInUseOnPartitionsAndAllOutsideThemComesBack(String name) throws Exception {
        Path disk = Fixtures.unpack(name, folder);
        ImageResult made = image(disk, "disk.skzimg");

        assertThat(made.allocator()).isEqualTo("partitions");
        assertThat(made.image().spec().usedOnly()).isTrue();
        assertThat(made.image().usedBytes()).as("free clusters are left out").isLessThan(Files.size(disk));
        assertThat(engine.verify(TestEngine.verify(folder.resolve("disk.skzimg")), JobMonitor.NONE).intact()).isTrue();
        Path restored = restoredOver((byte) 0xA5, disk, "disk.skzimg");
        DiskListing listing = engine.disk(disk.toString());
        assertThat(engine.disk(restored.toString()).table()).isEqualTo(listing.table());
        ExtentList gaps = listing.table().orElseThrow().gaps();
        for (int i = 0; i < gaps.count(); i++) {
            assertThat(bytes(restored, gaps.offset(i), gaps.length(i))).isEqualTo(bytes(disk, gaps.offset(i), gaps.length(i)));
        }
        for (DiskListing.Content content : listing.partitions()) {
            Partition partition = content.partition();
            if (partition.role() != PartitionRole.EXTENDED) {
                assertThat(ofPartition(restored, partition.number())).as("partition %d", partition.number())
                        .isEqualTo(ofPartition(disk, partition.number()));
            }
        }
    }

    private static ByteBuffer bytes(Path file, long offset, long length) throws IOException {
        try (FileChannel in = FileChannel.open(file)) {
            return in.map(FileChannel.MapMode.READ_ONLY, offset, length);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"disk-mbr", "disk-hybrid"})
    void aPartitionOfAnImageIsReadLikeAnImageOfThatPartition(String name) throws Exception {
        Path disk = Fixtures.unpack(name, folder);
        image(disk, "disk.skzimg");
        for (DiskListing.Content content : engine.disk(disk.toString()).partitions()) {
            if (content.partition().role() == PartitionRole.EXTENDED) {
                continue;
            }
            int number = content.partition().number();
            String part = folder.resolve("disk.skzimg") + "#" + number;
            Path expected = folder.resolve("expected.raw");
            Path single = folder.resolve("single.skzimg");
            Path restored = folder.resolve("restored.raw");
            for (Path earlier : List.of(single, expected, restored)) {
                Files.deleteIfExists(earlier);
            }
            engine.image(TestEngine.request(disk.resolveSibling(disk.getFileName() + "#" + number), single, false, 2), JobMonitor.NONE);
            engine.restore(new RestoreRequest(single.toString(), expected.toString(), false, true, false, PipelineOptions.DEFAULT), monitor);

            RestoreResult result = engine.restore(new RestoreRequest(part, restored.toString(), false, true, true, PipelineOptions.DEFAULT),
                    monitor);
            assertThat(Files.mismatch(restored, expected)).as("restored partition %d", number).isEqualTo(-1);
            assertThat(result.bytesVerified()).isEqualTo(engine.info(single.toString()).usedBytes());
            assertThat(result.proven()).as("a part proves nothing of the whole").isEmpty();
            Path exported = folder.resolve("exported.raw");
            engine.export(new ExportRequest(part, exported.toString(), 512, content.partition().length() - 512, true, PipelineOptions.DEFAULT), monitor);
            assertThat(bytes(exported, 0, Files.size(exported))).isEqualTo(bytes(expected, 512, Files.size(expected) - 512));
            assertThat(engine.imagedDisk(part).partitions()).containsExactly(engine.imagedDisk(folder.resolve("disk.skzimg").toString())
                    .partitions().stream().filter(each -> each.partition().number() == number).findFirst().orElseThrow());
            assertThat(notices).anyMatch(line -> line.startsWith("only partition " + number + " of") && line.contains("is restored"));
        }
    }

    @Test
    void damageOfAnotherPartitionIsNoneOfThisOne() throws Exception {
        Path disk = Fixtures.unpack("disk-mbr", folder);
        image(disk, "disk.skzimg");
        Path image = folder.resolve("disk.skzimg");
        try (FileChannel file = FileChannel.open(image, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            // in the frames of the first partition, behind the table
            file.write(ByteBuffer.wrap(new byte[64]), 96 << 10);
        }
        int damaged = 0;
        for (int number : new int[] {1, 2, 5, 6}) {
            VerifyResult found = engine.verify(TestEngine.verify(folder.resolve("disk.skzimg#" + number)), monitor);
            assertThat(found.coverage().complete()).isFalse();
            assertThat(found.proven()).isEmpty();
            damaged += found.intact() ? 0 : 1;
        }
        assertThat(engine.verify(TestEngine.verify(image), monitor).intact()).isFalse();
        assertThat(damaged).as("partitions with the damaged frame").isEqualTo(1);
    }

    @Test
    void whatIsNoPartitionOfTheImageIsRefused() throws Exception {
        image(Fixtures.unpack("disk-mbr", folder), "disk.skzimg");
        assertThatThrownBy(() -> engine.verify(TestEngine.verify(folder.resolve("disk.skzimg#9")), monitor))
                .isInstanceOf(DeviceException.class).hasMessageContaining("has no partition 9 (it has 1, 2, ");
        image(Fixtures.unpack("ntfs-c4096", folder), "volume.skzimg");
        assertThatThrownBy(() -> engine.info(folder.resolve("volume.skzimg") + "#1"))
                .isInstanceOf(DeviceException.class).hasMessageContaining("has no partition table");
    }

    @Test
    void theImageSaysWhichFileSystemsAreOnTheDisk() throws Exception {
        ImageResult made = image(Fixtures.unpack("disk-mbr", folder), "disk.skzimg");
        assertThat(made.fileSystem().fileSystem()).isEqualTo("MBR disk (NTFS 3.1, ext4, NTFS 3.1, ext4)");
        assertThat(made.image().spec().metadata().text("fileSystem.name")).hasValue(made.fileSystem().fileSystem());
    }

    @ParameterizedTest
    @ValueSource(strings = {"disk-overlap", "bad-disk-gpt-entries-lba", "bad-disk-gpt-count"})
    void whereTheTableCannotBeGoneByAllBlocksAreTakenWithTheReason(String name) throws Exception {
        Path disk = Fixtures.unpack(name, folder);
        ImageResult made = image(disk, "disk.skzimg");
        assertThat(made.image().spec().usedOnly()).isFalse();
        assertThat(made.image().usedBytes()).isEqualTo(Files.size(disk));
        String reason = made.image().spec().metadata().text("allocation.contradiction").orElseThrow();
        assertThat(reason).contains(disk.toString()).contains("partition table");
        assertThat(notices).containsOnlyOnce(reason);
    }

    @Test
    void aFileSystemThatContradictsItselfCostsTheBlocksOfItsPartitionAlone() throws Exception {
        Path disk = Fixtures.unpack("disk-mbr", folder);
        Partition hurt = engine.disk(disk.toString()).table().orElseThrow().partition(1).orElseThrow();
        long free = Files.size(disk) - image(disk, "whole.skzimg").image().usedBytes();
        byte[] sector = new byte[512];
        try (FileChannel volume = FileChannel.open(disk, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            volume.read(ByteBuffer.wrap(sector), hurt.offset());
            long mft = ByteBuffer.wrap(sector).order(ByteOrder.LITTLE_ENDIAN).getLong(0x30) * sector[0x0D] * 512;
            volume.write(ByteBuffer.wrap("JUNK".getBytes(StandardCharsets.US_ASCII)), hurt.offset() + mft + 6 * 1024);
        }
        ImageResult made = image(disk, "hurt.skzimg");
        assertThat(made.image().spec().usedOnly()).isTrue();
        assertThat(notices).anyMatch(line -> line.contains("disk-mbr") && line.contains("#1") && line.contains("imaging all blocks"));
        assertThat(Files.size(disk) - made.image().usedBytes()).as("free in the other partitions").isPositive().isLessThan(free);
    }

    @Test
    void anImageCutOffIsResumedToTheSameImage() throws Exception {
        Path disk = Fixtures.unpack("disk-gpt", folder);
        Digest whole = image(disk, "disk.skzimg").image().digests().content();
        Path image = folder.resolve("disk.skzimg");
        byte[] bytes = Files.readAllBytes(image);
        for (int part = 1; part < 4; part++) {
            Files.delete(image);
            Files.write(folder.resolve("disk.skzimg.partial"), Arrays.copyOf(bytes, bytes.length / 4 * part));
            ImageRequest request = TestEngine.request(disk, image, false, 2);
            ImageResult resumed = engine.image(new ImageRequest(request.device(), request.target(), new ImageRequest.Output(true, false, false,
                    Optional.of(ImageRequest.ResumeCheck.QUICK), Duration.ZERO), request.source(), request.readErrors(), request.layout(),
                    request.pipeline(), request.linearHashes()), monitor);
            assertThat(resumed.image().digests().content()).isEqualTo(whole);
            assertThat(resumed.resumed()).isPresent();
        }
    }
}
