package org.imagingutility.engine.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.LongStream;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.MissChance;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.VerifyRequest;
import org.imagingutility.api.job.VerifyResult;
import org.imagingutility.engine.TestEngine;
import org.imagingutility.tck.RandomSeed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickVerifyTest {
    private static final int FRAME = 64 << 10;
    private static final int TRIALS = 150;

    @TempDir
    Path folder;

    private final TestEngine engine = new TestEngine();

    @Test
    void takesEverySixteenthFrameAndMoreAtBothEnds() {
        FrameSample sample = new FrameSample(1000, 16, 31, 20);
        assertThat(LongStream.range(0, 31)).allMatch(sample::has);
        assertThat(LongStream.range(980, 1000)).allMatch(sample::has);
        assertThat(LongStream.range(31, 980)).allMatch(number -> sample.has(number) == (number % 16 == 0));
        for (FrameSample any : List.of(sample, new FrameSample(17, 16, 1, 1), new FrameSample(0, 1, 0, 0),
                new FrameSample(16, 1, 0, 0), new FrameSample(512, 16, 16, 16), new FrameSample(33, 16, 1, 1))) {
            assertThat(any.size()).isEqualTo(LongStream.range(0, any.frameCount()).filter(any::has).count());
        }
    }

    @Test
    void looksAtAnImageOfFewFramesInFullAndAtAnEighthOfAnother() throws Exception {
        image(16 * FRAME, 4 * FRAME);
        assertThat(quick().coverage().complete()).isTrue();
        assertThat(quick().coverage().missChances()).allSatisfy(miss -> assertThat(miss.chance()).isZero());
        for (int chunkFrames : new int[] {400, 8, 1}) {
            image(400 * FRAME, chunkFrames * FRAME);
            VerifyResult.Coverage coverage = quick().coverage();
            assertThat(coverage.framesChecked()).isBetween(400L / 16, 400L / 8 + 2);
            assertThat(coverage.fileBytesChecked()).isLessThan(Files.size(folder.resolve("image")) / 5);
        }
    }

    @Test
    void theChanceToMissADamageIsWhatASimulationFinds() throws Exception {
        long length = image(200 * FRAME, 16 * FRAME);
        VerifyResult untouched = quick();
        assertThat(untouched.damages()).isEmpty();
        long seed = RandomSeed.get();
        Random random = new Random(seed);
        for (MissChance miss : untouched.coverage().missChances()) {
            int missed = 0;
            for (int i = 0; i < TRIALS; i++) {
                long offset = (long) (random.nextDouble() * (length - miss.damageLength() + 1));
                invert(offset, miss.damageLength());
                try {
                    missed += quick().intact() ? 1 : 0;
                } catch (ImagingException e) {
                    // both copies of a structure hit: found as well
                    assertThat(e).hasMessageContaining("damaged");
                }
                invert(offset, miss.damageLength());
            }
            // five standard deviations of 150 trials
            assertThat(missed / (double) TRIALS).as("seed %d, %s", seed, miss).isCloseTo(miss.chance(),
                    within(5 * Math.sqrt(Math.max(miss.chance() * (1 - miss.chance()), 0.002) / TRIALS)));
        }
        assertThat(untouched.coverage().missChances().get(0).chance()).isBetween(0.7, 0.95);
        assertThat(untouched.coverage().missChances().get(2).chance()).as("larger than any frame").isZero();
    }

    @Test
    void theChanceFollowsFromTheRunsThatAreLeftOut() {
        MissProbability count = new MissProbability(3 << 20);
        count.skipped(1000, 5000);
        count.skipped(6000, 1096);
        count.skipped(1 << 20, 4096);
        // runs of 6096 and 4096 bytes
        assertThat(count.chances()).containsExactly(new MissChance(1, (6096 + 4096) / (double) (3 << 20)),
                new MissChance(4096, (2001 + 1) / ((3 << 20) - 4095.0)), new MissChance(1 << 20, 0));
    }

    private VerifyResult quick() throws Exception {
        return engine.verify(new VerifyRequest(folder.resolve("image").toString(), true, PipelineOptions.DEFAULT),
                JobMonitor.NONE);
    }

    private long image(int length, long chunkSize) throws Exception {
        byte[] content = new byte[length];
        Random random = new Random(7);
        for (int i = 0; i < length; i += FRAME) {
            // stored frames of many lengths
            byte[] part = new byte[1000 + random.nextInt(FRAME - 1000)];
            random.nextBytes(part);
            System.arraycopy(part, 0, content, i, part.length);
        }
        Path raw = Files.write(folder.resolve("device.raw"), content);
        Files.deleteIfExists(folder.resolve("image"));
        engine.image(new ImageRequest(raw.toString(), folder.resolve("image").toString(), ImageRequest.Output.DEFAULT,
                new ImageRequest.Source(true, true, 0, 0), ImageRequest.ReadErrors.DEFAULT,
                new ImageRequest.Layout("skz", Optional.empty(), OptionalInt.empty(), OptionalInt.of(FRAME),
                        OptionalLong.of(chunkSize)),
                PipelineOptions.DEFAULT, List.of()), JobMonitor.NONE);
        return Files.size(folder.resolve("image"));
    }

    private void invert(long offset, long length) throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(folder.resolve("image").toFile(), "rw")) {
            byte[] bytes = new byte[(int) length];
            file.seek(offset);
            file.readFully(bytes);
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] ^= (byte) 0xFF;
            }
            file.seek(offset);
            file.write(bytes);
        }
    }
}
