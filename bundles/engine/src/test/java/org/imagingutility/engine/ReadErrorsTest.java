package org.imagingutility.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.imagingutility.api.Digest;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageRequest.ReadErrors;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.tck.Content;
import org.imagingutility.tck.RandomSeed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Images of disks with unreadable sectors. */
@Timeout(120)
class ReadErrorsTest extends ReadErrorsTrial {
    @Test
    void lostSectorsAreExactlyTheUnreadableOnes() throws Exception {
        long seed = RandomSeed.get();
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
                if (disk.device().readCount() >= 4) {
                    disk.device().goAway();
                }
                return false;
            }
        };
        ImageRequest slow = request(folder.resolve("image"), record(0), List.of());
        slow = new ImageRequest(slow.device(), slow.target(), slow.output(), new ImageRequest.Source(true, false, 512 << 10, 0),
                slow.readErrors(), slow.layout(), slow.pipeline(), slow.linearHashes());
        ImageRequest request = slow;
        assertThatThrownBy(() -> engine(disk).image(request, pulling)).isInstanceOfSatisfying(DeviceException.class,
                e -> assertThat(e.isDeviceChanged()).isTrue()).hasMessageContaining("went away");
        assertThat(folder.resolve("image")).doesNotExist();
    }

    @Test
    void cancellingADiskFullOfBadSectorsDoesNotWaitForTheRetriesOfASector() throws Exception {
        int retries = 1000;
        byte[] bytes = Content.random(40 * FRAME, 1);
        FaultyDisk disk = disk(bytes, 512, new BitSet());
        disk.device().badRun(256, bytes.length / 512 - 300);
        disk.device().delayFailures(Duration.ofMillis(30));
        JobMonitor cancelling = new JobMonitor() {
            @Override
            public boolean cancelled() {
                return disk.device().failedReadCount() >= 12;
            }
        };
        assertThatThrownBy(() -> engine(disk).image(request(folder.resolve("image"), record(retries), List.of()), cancelling))
                .isInstanceOf(CancelledException.class);
        assertThat(disk.device().failedReadCount()).isGreaterThanOrEqualTo(12).isLessThan(retries);
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
        for (int sector = 0; sector < volume.length / 512; sector += 24) {
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

    private static Digest sha256(byte[] bytes) throws Exception {
        return Digest.ofHex(HexFormat.of().formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(bytes)));
    }
}
