package org.imagingutility.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.imagingutility.api.Digest;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageRequest.ReadErrors;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.engine.job.RetryBadJob;
import org.imagingutility.engine.plugin.Origin;
import org.imagingutility.fixtures.Fixtures;
import org.imagingutility.tck.Content;
import org.imagingutility.tck.FaultyDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Images of disks with unreadable sectors, and what becomes of them when the disk recovers. */
@Timeout(120)
class ReadErrorsTest {
    private static final int FRAME = 64 << 10;

    @TempDir
    Path folder;

    private final List<String> notices = new ArrayList<>();
    private final JobMonitor monitor = new JobMonitor() {
        @Override
        public void notice(String line) {
            notices.add(line);
        }
    };

    @Test
    void lostSectorsAreExactlyTheUnreadableOnes() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 12; round++) {
            int sectorSize = random.nextBoolean() ? 512 : 4096;
            byte[] bytes = Content.random(20 * FRAME + random.nextInt(3) * 512 * 8, round);
            Arrays.fill(bytes, 5 * FRAME, 8 * FRAME, (byte) 0);
            BitSet bad = new BitSet();
            int sectors = bytes.length / sectorSize;
            for (int i = 0; i < 12; i++) {
                int first = random.nextInt(sectors);
                bad.set(first, Math.min(sectors, first + 1 + random.nextInt(4)));
            }
            // at frame borders, first and last, and in frames that are all zeros
            int border = random.nextInt(18) * FRAME / sectorSize;
            bad.set(border + FRAME / sectorSize - 1, border + FRAME / sectorSize + 1);
            bad.set(0);
            bad.set(sectors - 1);
            bad.set(6 * FRAME / sectorSize + 3);
            FaultyDisk disk = disk(bytes, sectorSize, bad);
            Path image = folder.resolve("image-" + round);
            TestEngine engine = engine(disk);
            ImageResult result = engine.image(request(image, record(0), List.of("sha256")), monitor);

            byte[] expected = withoutBad(bytes, bad, sectorSize);
            assertThat(result.unreadable()).as("seed %d, round %d", seed, round).isEqualTo(ranges(bad, sectorSize));
            assertThat(result.image().unreadableBytes()).isEqualTo((long) bad.cardinality() * sectorSize);
            assertThat(engine.unreadable(image.toString())).isEqualTo(ranges(bad, sectorSize));
            assertThat(result.linearHashes().get("sha256")).isEqualTo(sha256(expected));
            assertThat(engine.verify(TestEngine.verify(image), monitor).intact()).isTrue();
            Path restored = folder.resolve("restored-" + round);
            engine.restore(TestEngine.restore(image, restored), monitor);
            assertThat(Files.readAllBytes(restored)).as("seed %d, round %d", seed, round).isEqualTo(expected);
        }
    }

    @Test
    void onRequestFailNothingNewStandsUnderTheName() throws Exception {
        FaultyDisk disk = disk(Content.random(10 * FRAME, 1), 512, BitSet.valueOf(new long[] {1L << 17}));
        Path image = folder.resolve("image");
        assertThatThrownBy(() -> engine(disk).image(request(image, new ReadErrors(false, 1, Duration.ZERO, Optional.empty(),
                false), List.of()), monitor)).isInstanceOfSatisfying(DeviceException.class, e -> {
                    assertThat(e.offset()).isEqualTo(17 * 512);
                    assertThat(e.remedy().orElseThrow()).contains("--on-read-error record");
                }).hasMessageContaining("tried 2 times");
        assertThat(image).doesNotExist();
    }

    @Test
    void aDiskThatGoesAwayEndsTheJobEvenWhereErrorsAreRecorded() throws Exception {
        FaultyDisk disk = disk(Content.random(40 * FRAME, 1), 512, new BitSet());
        JobMonitor pulling = new JobMonitor() {
            @Override
            public boolean cancelled() {
                if (disk.device().readCount() >= 10) {
                    disk.device().goAway();
                }
                return false;
            }
        };
        ImageRequest slow = request(folder.resolve("image"), record(0), List.of());
        slow = new ImageRequest(slow.device(), slow.target(), slow.output(), new ImageRequest.Source(true, false, 4 << 20, 0),
                slow.readErrors(), slow.layout(), slow.pipeline(), slow.linearHashes());
        ImageRequest request = slow;
        assertThatThrownBy(() -> engine(disk).image(request, pulling)).isInstanceOfSatisfying(DeviceException.class,
                e -> assertThat(e.isDeviceChanged()).isTrue()).hasMessageContaining("went away");
        assertThat(folder.resolve("image")).doesNotExist();
    }

    @Test
    void cancellingADiskFullOfBadSectorsTakesNoLongerThanASecond() throws Exception {
        byte[] bytes = Content.random(40 * FRAME, 1);
        FaultyDisk disk = disk(bytes, 512, new BitSet());
        disk.device().badRun(256, bytes.length / 512 - 300);
        disk.device().delayFailures(Duration.ofMillis(30));
        long asked = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(400);
        JobMonitor cancelling = new JobMonitor() {
            @Override
            public boolean cancelled() {
                return System.nanoTime() > asked;
            }
        };
        assertThatThrownBy(() -> engine(disk).image(request(folder.resolve("image"), record(1000), List.of()), cancelling))
                .isInstanceOf(CancelledException.class);
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - asked)).isLessThan(1000);
    }

    @Test
    void manyBadRangesAreToldOneByOneOnlyAtTheBeginning() throws Exception {
        byte[] bytes = Content.random(20 * FRAME, 1);
        BitSet bad = new BitSet();
        for (int sector = 1; sector < 500; sector += 2) {
            bad.set(sector);
        }
        ImageResult result = engine(disk(bytes, 512, bad)).image(request(folder.resolve("image"), record(0), List.of()), monitor);
        assertThat(result.unreadable().count()).isEqualTo(250);
        assertThat(notices.stream().filter(line -> line.contains("cannot be read"))).hasSize(10);
    }

    @Test
    void whatAMapCallsUnfinishedIsRecordedWithoutBeingTriedAndTheExportedMapSaysSo() throws Exception {
        byte[] bytes = Content.random(10 * FRAME, 1);
        FaultyDisk disk = disk(bytes, 512, new BitSet());
        disk.device().badRun(200, 4);
        Path map = Files.writeString(folder.resolve("disk.map"), "0x0 + 1\n0x00000000 0x00019000 +\n0x00019000 0x800 -\n"
                + "0x00019800 0x" + Integer.toHexString(bytes.length - 0x19800) + " +\n");
        ImageResult result = engine(disk).image(request(folder.resolve("image"),
                new ReadErrors(true, 0, Duration.ZERO, Optional.of(map.toString()), false), List.of()), monitor);
        assertThat(disk.device().failedReadCount()).isZero();
        assertThat(result.unreadable()).isEqualTo(new ExtentList.Builder().add(0x19000, 0x800).build());
        Path exported = folder.resolve("exported.map");
        engine(disk).writeBadMap(folder.resolve("image").toString(), exported.toString());
        assertThat(Files.readAllLines(exported).stream().filter(line -> !line.startsWith("#")).skip(1)).containsExactly(
                "0x00000000  0x00019000  +", "0x00019000  0x00000800  -", "0x00019800  0x00086800  +");
        assertThatThrownBy(() -> engine(disk).writeBadMap(folder.resolve("image").toString(), exported.toString()))
                .isInstanceOf(TargetException.class).hasMessageContaining("exists");
        // a map that was exported does as a map that is read
        ImageResult again = engine(disk).image(request(folder.resolve("again"),
                new ReadErrors(true, 0, Duration.ZERO, Optional.of(exported.toString()), false), List.of()), monitor);
        assertThat(again.image().digests().content()).isEqualTo(result.image().digests().content());
    }

    @Test
    void aVolumeWhoseBitmapNeedsRetriesIsImagedByItsAllocator() throws Exception {
        byte[] volume = volume();
        FaultyDisk disk = disk(volume, 512, new BitSet());
        ImageRequest request = usedOnly(folder.resolve("healthy"), record(2));
        ImageResult healthy = engine(disk).image(request, monitor);
        assertThat(healthy.allocator()).isEqualTo("ntfs");
        for (int sector = 0; sector < volume.length / 512; sector += 3) {
            disk.device().bad(sector, 1);
        }
        ImageResult retried = engine(disk).image(usedOnly(folder.resolve("retried"), record(2)), monitor);
        assertThat(retried.image().digests().content()).isEqualTo(healthy.image().digests().content());
        assertThat(retried.unreadable().count()).isZero();
    }

    @Test
    void anUnreadableBootSectorNamesTheWayOut() throws Exception {
        FaultyDisk disk = disk(volume(), 512, BitSet.valueOf(new long[] {1}));
        assertThatThrownBy(() -> engine(disk).image(usedOnly(folder.resolve("image"), record(0)), monitor))
                .isInstanceOfSatisfying(DeviceException.class,
                        e -> assertThat(e.remedy().orElseThrow()).contains("--all-blocks --on-read-error record"));
        ImageResult all = engine(disk).image(request(folder.resolve("image"), record(0), List.of()), monitor);
        assertThat(all.unreadable()).isEqualTo(new ExtentList.Builder().add(0, 512).build());
    }

    @Test
    void aDiskThatRecoversGivesTheImageOfAHealthyOne() throws Exception {
        for (boolean used : new boolean[] {false, true}) {
            byte[] bytes = volume();
            BitSet bad = new BitSet();
            bad.set(20_000, 20_011);
            bad.set(bytes.length / 512 / 2);
            FaultyDisk disk = disk(bytes, 512, new BitSet());
            Path healthyImage = folder.resolve("healthy" + used);
            Path image = folder.resolve("image" + used);
            ImageResult healthy = engine(disk).image(used ? usedOnly(healthyImage, record(0))
                    : request(healthyImage, record(0), List.of("sha256")), monitor);
            bad.stream().forEach(sector -> disk.device().bad(sector, FaultyDevice.FOREVER));
            disk.device().badRun(bytes.length / 512 - 2, 2);
            ImageRequest request = used ? usedOnly(image, record(0)) : request(image, record(0), List.of("sha256"));
            ImageResult damaged = engine(disk).image(request, monitor);
            assertThat(damaged.unreadable().count()).isPositive();

            byte[] before = Files.readAllBytes(image);
            ImageResult nothing = retry(disk, request);
            assertThat(nothing.unreadable()).isEqualTo(damaged.unreadable());
            assertThat(Files.readAllBytes(image)).as("nothing recovered").isEqualTo(before);

            disk.device().heal();
            long reads = disk.device().readCount();
            ImageResult retried = retry(disk, request);
            assertThat(retried.unreadable().count()).isZero();
            assertThat(retried.bytesRead()).isEqualTo(damaged.unreadable().totalLength());
            assertThat(disk.device().readCount() - reads).isLessThan(100);
            assertThat(retried.image().digests().content()).isEqualTo(healthy.image().digests().content());
            assertThat(retried.image().spec().created()).isEqualTo(damaged.image().spec().created());
            assertThat(retried.linearHashes()).isEqualTo(healthy.linearHashes());
            assertThat(retried.image().statistics().values().get("hash.sha256"))
                    .isEqualTo(healthy.image().statistics().values().get("hash.sha256"));
            assertThat(Files.size(image)).isEqualTo(Files.size(healthyImage));
            assertThat(engine(disk).verify(TestEngine.verify(image), monitor).intact()).isTrue();
            assertThat(retry(disk, request).alreadyComplete()).isTrue();
            try (var files = Files.list(folder)) {
                assertThat(files.map(path -> path.getFileName().toString())).noneMatch(name -> name.contains("partial"));
            }
        }
    }

    @Test
    void eachRetryKeepsWhatItGetsUntilNothingIsMissing() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] bytes = Content.random(30 * FRAME, 7);
        BitSet bad = new BitSet();
        for (int i = 0; i < 60; i++) {
            bad.set(random.nextInt(bytes.length / 512));
        }
        FaultyDisk disk = disk(bytes, 512, bad);
        Path image = folder.resolve("image");
        ImageRequest request = request(image, record(0), List.of());
        engine(disk).image(request, monitor);
        while (!bad.isEmpty()) {
            disk.device().heal();
            for (int sector : bad.stream().toArray()) {
                if (random.nextInt(3) == 0) {
                    bad.clear(sector);
                }
            }
            bad.stream().forEach(sector -> disk.device().bad(sector, FaultyDevice.FOREVER));
            assertThat(retry(disk, request).unreadable()).as("seed %d", seed).isEqualTo(ranges(bad, 512));
            Path restored = folder.resolve("restored");
            engine(disk).restore(TestEngine.restore(image, restored), monitor);
            assertThat(Files.readAllBytes(restored)).as("seed %d", seed).isEqualTo(withoutBad(bytes, bad, 512));
            Files.delete(restored);
        }
    }

    @Test
    void anotherDiskOrOneThatChangedIsRefusedAndTheImageStays() throws Exception {
        byte[] bytes = Content.random(30 * FRAME, 7);
        BitSet bad = new BitSet();
        bad.set(100);
        Path image = folder.resolve("image");
        ImageRequest request = request(image, record(0), List.of());
        engine(disk(bytes, 512, bad)).image(request, monitor);
        byte[] before = Files.readAllBytes(image);
        byte[] changed = bytes.clone();
        changed[29 * FRAME] ^= 1;
        for (int i = 2; i < 30; i++) {
            changed[i * FRAME + 5000] ^= 1;
        }
        assertThatThrownBy(() -> retry(disk(changed, 512, new BitSet()), request)).isInstanceOf(UsageException.class)
                .hasMessageContaining("differs");
        assertThatThrownBy(() -> retry(disk(Arrays.copyOf(bytes, 29 * FRAME), 512, new BitSet()), request))
                .isInstanceOf(UsageException.class).hasMessageContaining("length");
        assertThatThrownBy(() -> retry(disk(bytes, 4096, new BitSet()), request)).isInstanceOf(UsageException.class)
                .hasMessageContaining("sector size");
        assertThat(Files.readAllBytes(image)).isEqualTo(before);
    }

    @Test
    void aRetryThatIsCancelledOrFailsLeavesTheOldImage() throws Exception {
        byte[] bytes = Content.random(60 * FRAME, 7);
        BitSet bad = new BitSet();
        bad.set(10);
        bad.set(5000);
        FaultyDisk disk = disk(bytes, 512, bad);
        Path image = folder.resolve("image");
        ImageRequest request = request(image, record(0), List.of());
        engine(disk).image(request, monitor);
        byte[] before = Files.readAllBytes(image);
        disk.device().heal();
        for (int questions = 0; questions < 60; questions += 7) {
            int[] left = {questions};
            JobMonitor cancelling = new JobMonitor() {
                @Override
                public boolean cancelled() {
                    return left[0]-- <= 0;
                }
            };
            assertThatThrownBy(() -> new RetryBadJob(engine(disk).plugins, request, cancelling).run())
                    .isInstanceOf(CancelledException.class);
            assertThat(Files.readAllBytes(image)).isEqualTo(before);
        }
        byte[] damaged = before.clone();
        damaged[before.length / 2] ^= 1;
        Files.write(image, damaged);
        assertThatThrownBy(() -> retry(disk, request)).isInstanceOf(ImagingException.class);
        assertThat(Files.readAllBytes(image)).isEqualTo(damaged);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(image);
        }
    }

    private ImageResult retry(FaultyDisk disk, ImageRequest request) throws ImagingException {
        return new RetryBadJob(engine(disk).plugins, request, monitor).run();
    }

    private byte[] volume() throws Exception {
        Path volume = folder.resolve("ntfs-badclus.img");
        return Files.readAllBytes(Files.exists(volume) ? volume : Fixtures.unpack("ntfs-badclus", folder));
    }

    private static FaultyDisk disk(byte[] bytes, int sectorSize, BitSet bad) {
        FaultyDisk disk = new FaultyDisk(bytes, sectorSize);
        bad.stream().forEach(sector -> disk.device().bad(sector, FaultyDevice.FOREVER));
        return disk;
    }

    private static TestEngine engine(FaultyDisk disk) {
        TestEngine engine = new TestEngine();
        engine.plugins.deviceProviders().add(disk, 100, () -> Origin.ofModule(disk));
        return engine;
    }

    private static ReadErrors record(int retries) {
        return new ReadErrors(true, retries, Duration.ZERO, Optional.empty(), false);
    }

    private static ImageRequest request(Path image, ReadErrors readErrors, List<String> hashes) {
        return new ImageRequest(FaultyDisk.REFERENCE, image.toString(), ImageRequest.Output.DEFAULT,
                new ImageRequest.Source(true, true, 0, 0), readErrors,
                new ImageRequest.Layout("skz", Optional.empty(), OptionalInt.empty(), OptionalInt.of(FRAME),
                        OptionalLong.of(4L * FRAME)),
                PipelineOptions.DEFAULT, hashes);
    }

    private static ImageRequest usedOnly(Path image, ReadErrors readErrors) {
        ImageRequest all = request(image, readErrors, List.of());
        return new ImageRequest(all.device(), all.target(), all.output(), ImageRequest.Source.DEFAULT, readErrors, all.layout(),
                all.pipeline(), all.linearHashes());
    }

    private static ExtentList ranges(BitSet bad, int sectorSize) {
        ExtentList.Builder ranges = new ExtentList.Builder();
        bad.stream().forEach(sector -> ranges.add((long) sector * sectorSize, sectorSize));
        return ranges.build();
    }

    private static byte[] withoutBad(byte[] bytes, BitSet bad, int sectorSize) {
        byte[] expected = bytes.clone();
        bad.stream().forEach(sector -> Arrays.fill(expected, sector * sectorSize, (sector + 1) * sectorSize, (byte) 0));
        return expected;
    }

    private static Digest sha256(byte[] bytes) throws Exception {
        return Digest.ofHex(HexFormat.of().formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(bytes)));
    }
}
