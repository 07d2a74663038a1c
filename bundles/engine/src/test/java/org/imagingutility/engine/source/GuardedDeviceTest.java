package org.imagingutility.engine.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.ImageRequest.ReadErrors;
import org.imagingutility.tck.Content;
import org.imagingutility.tck.RandomSeed;
import org.imagingutility.tck.device.FaultyDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GuardedDeviceTest {
    private static final int LENGTH = 1 << 20;
    private final byte[] content = Content.random(LENGTH, 5);
    private final FaultyDevice disk = new FaultyDevice("disk", content, 512);
    private final ByteBuffer target = Content.aligned(LENGTH);

    @Test
    void aHealthyDeviceIsReadOnceAndWithoutACopy() throws Exception {
        try (GuardedDevice guarded = guarded(record(3))) {
            guarded.read(0, target);
        }
        assertThat(disk.readCount()).isEqualTo(1);
        assertThat(disk.isClosed()).isTrue();
        assertThat(Content.bytes(target.flip())).isEqualTo(content);
    }

    @Test
    void exactlyTheUnreadableSectorsAreLostWhateverTheMap() throws Exception {
        long seed = RandomSeed.get();
        Random random = new Random(seed);
        for (int round = 0; round < 150; round++) {
            int sectorSize = random.nextInt(3) == 0 ? 4096 : 512;
            byte[] bytes = Content.random(sectorSize * (1 + random.nextInt(300)) + random.nextInt(2) * random.nextInt(sectorSize),
                    round);
            FaultyDevice device = new FaultyDevice("disk", bytes, sectorSize);
            BitSet bad = randomSectors(random, (bytes.length + sectorSize - 1) / sectorSize);
            bad.stream().forEach(sector -> device.bad(sector, FaultyDevice.FOREVER));
            if (random.nextBoolean()) {
                device.vague();
            }
            byte[] expected = bytes.clone();
            bad.stream().forEach(s -> Arrays.fill(expected, s * sectorSize, Math.min(bytes.length, (s + 1) * sectorSize), (byte) 0));
            ByteBuffer buffer = Content.aligned(bytes.length);
            ExtentList.Builder unreadable = new ExtentList.Builder();
            try (GuardedDevice guarded = new GuardedDevice(device, record(0), KnownBadRanges.NONE, () -> false)) {
                guarded.readPieces(0, bytes.length, buffer, 0, unreadable);
            }
            assertThat(unreadable.build()).as("seed %d, round %d", seed, round).isEqualTo(ranges(bad, sectorSize, bytes.length));
            assertThat(Content.bytes(buffer.clear().limit(bytes.length))).as("seed %d, round %d", seed, round).isEqualTo(expected);
        }
    }

    /** Some sectors, but never all of those that are looked at to find out whether the device is still there. */
    private static BitSet randomSectors(Random random, int sectors) {
        BitSet bad = new BitSet();
        for (int i = random.nextInt(5); i > 0 && sectors > 64; i--) {
            int first = random.nextInt(sectors);
            bad.set(first, Math.min(sectors, first + 1 + random.nextInt(random.nextInt(4) == 0 ? sectors / 8 : 3)));
        }
        return bad;
    }

    private static ExtentList ranges(BitSet bad, int sectorSize, long length) {
        ExtentList.Builder ranges = new ExtentList.Builder();
        bad.stream().forEach(s -> ranges.add((long) s * sectorSize, Math.min(length, (s + 1L) * sectorSize) - (long) s * sectorSize));
        return ranges.build();
    }

    @Test
    void firstAndLastSectorAreLostAloneEvenOfAnOddDevice() throws Exception {
        byte[] odd = Content.random(64 * 1024 + 100, 1);
        FaultyDevice device = new FaultyDevice("odd", odd, 512);
        device.bad(0, FaultyDevice.FOREVER);
        device.bad(128, FaultyDevice.FOREVER);
        ExtentList.Builder unreadable = new ExtentList.Builder();
        try (GuardedDevice guarded = new GuardedDevice(device, record(1), KnownBadRanges.NONE, () -> false)) {
            long read = guarded.readPieces(0, odd.length, target, 0, unreadable);
            assertThat(read).isEqualTo(odd.length - 512 - 100);
        }
        assertThat(unreadable.build()).isEqualTo(new ExtentList.Builder().add(0, 512).add(65536, 100).build());
    }

    @Test
    void aSectorThatIsReadOnTheLastTryIsNotLost() throws Exception {
        disk.bad(100, 4);
        assertThat(unreadable(record(4)).count()).isZero();
        assertThat(Content.bytes(target.clear().limit(LENGTH))).isEqualTo(content);
    }

    @Test
    void aSectorThatNeedsOneTryMoreIsLost() throws Exception {
        disk.bad(100, 4);
        assertThat(unreadable(record(3))).isEqualTo(new ExtentList.Builder().add(51_200, 512).build());
    }

    @Test
    void withoutLeaveToRecordTheFirstUnreadableSectorEndsTheJob() throws Exception {
        disk.bad(99, 2);
        disk.badRun(100, 3);
        try (GuardedDevice guarded = guarded(new ReadErrors(false, 2, Duration.ZERO, Optional.empty(), false))) {
            assertThatThrownBy(() -> guarded.read(0, target)).isInstanceOfSatisfying(DeviceException.class, e -> {
                assertThat(e.offset()).isEqualTo(51_200);
                assertThat(e.isDeviceChanged()).isFalse();
                assertThat(e.remedy().orElseThrow()).contains("--on-read-error record");
            }).hasMessageContaining("disk").hasMessageContaining("51200").hasMessageContaining("tried 3 times");
        }
    }

    @Test
    void allocatorsGetAllBytesOfADeviceThatNeedsRetries() throws Exception {
        disk.bad(7, 2);
        disk.bad(1000, 1);
        try (GuardedDevice guarded = guarded(record(2))) {
            guarded.read(512, Content.aligned(512 * 3));
            guarded.read(0, target);
        }
        assertThat(Content.bytes(target.flip())).isEqualTo(content);
    }

    @Test
    void aDeadAreaCostsOneFailedReadForEachSectorAndALittleMore() throws Exception {
        disk.badRun(300, 1000);
        unreadable(record(0));
        assertThat(disk.failedReadCount()).isBetween(1000L, 1000L + 20);
    }

    @Test
    void oneBadSectorCostsABinarySearchAtMost() throws Exception {
        disk.vague();
        disk.bad(1234, FaultyDevice.FOREVER);
        unreadable(record(0));
        assertThat(disk.failedReadCount()).isLessThanOrEqualTo(12);
        assertThat(disk.readCount()).isLessThanOrEqualTo(50);
    }

    @Test
    void aDeviceThatGoesAwayIsNotRecordedAsUnreadable() throws Exception {
        try (GuardedDevice guarded = guarded(record(0))) {
            guarded.read(0, Content.aligned(65536));
            disk.goAway();
            assertThatThrownBy(() -> guarded.readPieces(65536, LENGTH, target, 65536, new ExtentList.Builder()))
                    .isInstanceOfSatisfying(DeviceException.class, e -> assertThat(e.isDeviceChanged()).isTrue())
                    .hasMessageContaining("went away");
        }
    }

    @Test
    void aDeviceOfWhichNothingWasEverReadIsNotRecordedEither() throws Exception {
        disk.goAway();
        assertThatThrownBy(() -> unreadable(record(0))).isInstanceOfSatisfying(DeviceException.class,
                e -> assertThat(e.isDeviceChanged()).isTrue());
    }

    @Test
    void aReadThatHangsCountsAsFailedAndItsBytesNeverArrive() throws Exception {
        // few sectors make few reads that hang, and so leave each time enough to answer on a busy machine
        int length = 32 * 512;
        byte[] bytes = Arrays.copyOf(content, length);
        FaultyDevice small = new FaultyDevice("disk", bytes, 512);
        CountDownLatch released = new CountDownLatch(1);
        small.hang(20, released);
        GuardedDevice guarded = new GuardedDevice(small, new ReadErrors(true, 1, Duration.ofMillis(1500), Optional.empty(), false),
                KnownBadRanges.NONE, () -> false);
        assertThat(guarded.tryRead(0, target.clear().limit(length))).isFalse();
        ExtentList.Builder unreadable = new ExtentList.Builder();
        guarded.readPieces(0, length, target, 0, unreadable);
        assertThat(unreadable.build()).isEqualTo(new ExtentList.Builder().add(20 * 512, 512).build());
        byte[] expected = bytes.clone();
        Arrays.fill(expected, 20 * 512, 21 * 512, (byte) 0);
        guarded.close();
        assertThat(small.isClosed()).as("closed while reads are under way").isFalse();
        released.countDown();
        while (!small.isClosed()) {
            Thread.sleep(10);
        }
        assertThat(Content.bytes(target.clear().limit(length))).isEqualTo(expected);
    }

    @Test
    void aDeviceThatAnswersNothingAnyMoreIsGivenUp() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        for (int sector = 0; sector < LENGTH / 512; sector++) {
            disk.hang(sector, released);
        }
        try (GuardedDevice guarded = new GuardedDevice(disk, new ReadErrors(true, 0, Duration.ofMillis(5), Optional.empty(),
                false), KnownBadRanges.NONE, () -> false, Duration.ofMillis(200))) {
            assertThatThrownBy(() -> guarded.readPieces(0, LENGTH, target, 0, new ExtentList.Builder()))
                    .isInstanceOfSatisfying(DeviceException.class, e -> assertThat(e.isDeviceChanged()).isTrue());
        } finally {
            released.countDown();
        }
    }

    @Test
    void stoppingEndsRetriesAtOnce() throws Exception {
        disk.badRun(0, 1000);
        // it is asked between reads, and while one is waited for
        disk.delayFailures(Duration.ofMillis(20));
        try (GuardedDevice guarded = new GuardedDevice(disk, record(100), KnownBadRanges.NONE, () -> disk.failedReadCount() >= 8)) {
            assertThatThrownBy(() -> guarded.readPieces(0, LENGTH, target, 0, new ExtentList.Builder()))
                    .isInstanceOf(CancelledException.class);
        }
        assertThat(disk.failedReadCount()).isEqualTo(8);
    }

    @Test
    void stoppingEndsAReadThatHangs() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        disk.hang(1500, released);
        AtomicInteger asked = new AtomicInteger();
        try (GuardedDevice guarded = new GuardedDevice(disk, record(100), KnownBadRanges.NONE, () -> asked.incrementAndGet() > 20)) {
            assertThatThrownBy(() -> guarded.readPieces(0, LENGTH, target, 0, new ExtentList.Builder()))
                    .isInstanceOf(CancelledException.class);
        }
        released.countDown();
    }

    @Test
    void readsContinueWhenAnotherAttemptBegins() throws Exception {
        disk.bad(100, FaultyDevice.FOREVER);
        try (GuardedDevice guarded = guarded(record(0))) {
            guarded.stop();
            assertThatThrownBy(() -> guarded.readPieces(0, LENGTH, target, 0, new ExtentList.Builder()))
                    .isInstanceOf(CancelledException.class);
            guarded.restart();
            ExtentList.Builder unreadable = new ExtentList.Builder();
            guarded.readPieces(0, LENGTH, target, 0, unreadable);
            assertThat(unreadable.count()).isEqualTo(1);
        }
    }

    @Test
    void rangesKnownToBeBadAreNotTouched() throws Exception {
        KnownBadRanges known = new KnownBadRanges(new ExtentList.Builder().add(1000, 100).add(5000, 10_000).build(), 512, LENGTH);
        disk.badRun(1, 2);
        disk.badRun(10, 20);
        ExtentList.Builder unreadable = new ExtentList.Builder();
        try (GuardedDevice guarded = new GuardedDevice(disk, record(0), known, () -> false)) {
            assertThat(guarded.tryRead(0, target.clear().limit(LENGTH))).isFalse();
            guarded.readPieces(0, LENGTH, target, 0, unreadable);
            assertThatThrownBy(() -> guarded.read(4096, Content.aligned(4096))).isInstanceOf(DeviceException.class)
                    .hasMessageContaining("map of bad ranges");
        }
        assertThat(disk.failedReadCount()).isZero();
        assertThat(unreadable.build()).isEqualTo(new ExtentList.Builder().add(512, 1024).add(4608, 10_752).build());
    }

    private GuardedDevice guarded(ReadErrors policy) {
        target.clear().limit(LENGTH);
        return new GuardedDevice(disk, policy, KnownBadRanges.NONE, () -> false);
    }

    private ExtentList unreadable(ReadErrors policy) throws ImagingException {
        ExtentList.Builder unreadable = new ExtentList.Builder();
        try (GuardedDevice guarded = guarded(policy)) {
            guarded.readPieces(0, LENGTH, target, 0, unreadable);
        }
        return unreadable.build();
    }

    private static ReadErrors record(int retries) {
        return new ReadErrors(true, retries, Duration.ZERO, Optional.empty(), false);
    }
}
