package org.imagingutility.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeSet;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.VerifyResult;
import org.imagingutility.tck.RandomSeed;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged image is found by verify, and a restore of it fails or gives the right bytes: never a wrong restore. */
class DamagedImageTest {
    private static final int SAMPLE = 250;

    @TempDir
    Path folder;

    private final TestEngine engine = new TestEngine();
    private byte[] device;
    private byte[] image;

    @BeforeEach
    void makeImage() throws IOException, ImagingException {
        device = new byte[700_000];
        new Random(3).nextBytes(device);
        Arrays.fill(device, 200_000, 420_000, (byte) 0);
        Arrays.fill(device, 500_000, 600_000, (byte) 'x');
        Path raw = Files.write(folder.resolve("device.raw"), device);
        engine.image(new ImageRequest(raw.toString(), folder.resolve("image").toString(), ImageRequest.Output.DEFAULT,
                new ImageRequest.Source(true, true, 0, 0), ImageRequest.ReadErrors.DEFAULT,
                new ImageRequest.Layout("skz", Optional.empty(), OptionalInt.empty(), OptionalInt.of(64 << 10),
                        OptionalLong.of(256 << 10)),
                PipelineOptions.DEFAULT, List.of()), JobMonitor.NONE);
        image = Files.readAllBytes(folder.resolve("image"));
    }

    @Test
    void flippedBits() throws Exception {
        long seed = RandomSeed.get();
        Random random = new Random(seed);
        TreeSet<Integer> offsets = new TreeSet<>();
        // the head of the file and its end are structures only; the sample has structures and frames
        for (int i = 0; i < 64; i++) {
            offsets.add(i * 5);
            offsets.add(image.length - 1 - i * 7);
        }
        random.ints(SAMPLE, 0, image.length).forEach(offsets::add);
        for (int offset : offsets) {
            byte[] damaged = image.clone();
            damaged[offset] ^= (byte) (1 << random.nextInt(8));
            checkFound(damaged, "seed " + seed + ", byte " + offset);
        }
    }

    @Test
    void cuts() throws Exception {
        long seed = RandomSeed.get();
        for (int length : new Random(seed).ints(60, 0, image.length).toArray()) {
            checkFound(Arrays.copyOf(image, length), "seed " + seed + ", cut to " + length);
        }
    }

    @Test
    void bytesAppendedAndPartsMoved() throws Exception {
        checkFound(Arrays.copyOf(image, image.length + 1), "a byte appended");
        byte[] twice = Arrays.copyOf(image, image.length * 2);
        System.arraycopy(image, 0, twice, image.length, image.length);
        checkFound(twice, "the image appended to itself");
        byte[] swapped = image.clone();
        int part = image.length / 5;
        System.arraycopy(image, part, swapped, 3 * part, part);
        System.arraycopy(image, 3 * part, swapped, part, part);
        checkFound(swapped, "two parts swapped");
    }

    private void checkFound(byte[] damaged, String what) throws Exception {
        Path file = Files.write(folder.resolve("damaged"), damaged);
        try {
            VerifyResult verified = engine.verify(TestEngine.verify(file), JobMonitor.NONE);
            assertThat(verified.damages()).as(what).isNotEmpty();
            assertThat(verified.damages()).as(what)
                    .allSatisfy(damage -> assertThat(damage.fileOffset()).isBetween(0L, (long) damaged.length));
        } catch (ImageDamagedException | ImageFormatException e) {
            assertThat(e.getMessage()).as(what).contains("damaged");
        }
        Path restored = folder.resolve("restored.raw");
        try {
            engine.restore(TestEngine.restore(file, restored), JobMonitor.NONE);
            assertThat(restored).as(what).hasBinaryContent(device);
        } catch (ImageDamagedException | ImageFormatException e) {
            assertThat(restored).as(what).doesNotExist();
        }
        Files.deleteIfExists(restored);
    }
}
