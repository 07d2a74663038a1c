package org.imagingutility.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.engine.retry.RetryBadJob;
import org.imagingutility.tck.Content;
import org.imagingutility.tck.RandomSeed;
import org.imagingutility.tck.device.FaultyDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of images of disks with unreadable sectors when the disk recovers, or another one comes. */
@Timeout(120)
class RetriedReadErrorsTest extends ReadErrorsTrial {
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
        long seed = RandomSeed.get();
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
}
