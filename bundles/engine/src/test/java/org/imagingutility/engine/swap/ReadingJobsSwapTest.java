package org.imagingutility.engine.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.imagingutility.api.error.PluginGoneException;
import org.imagingutility.api.job.ExportRequest;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.RestoreRequest;
import org.imagingutility.api.job.RestoreResult;
import org.imagingutility.api.job.VerifyRequest;
import org.imagingutility.api.job.VerifyResult;
import org.imagingutility.engine.plugin.SwapPolicy;
import org.imagingutility.tck.RandomSeed;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Verify, restore and export while what they work with is replaced. */
class ReadingJobsSwapTest {
    private static final PipelineOptions TWO = new PipelineOptions(2, 0, true);

    private static final int ROUNDS = Integer.getInteger("imaging.swap.rounds", 2);

    @TempDir
    private Path folder;
    private SwapTrial trial;
    private Path image;

    @BeforeEach
    void makeAnImage() throws Exception {
        trial = new SwapTrial(folder);
        image = folder.resolve("disk.skzimg");
        trial.engine.image(trial.request(image), JobMonitor.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"codec", "container format", "image store"})
    void aVerificationContinuesFromTheFrameItWasAt(String kind) throws Exception {
        damage(3);
        VerifyResult quiet = verify(JobMonitor.NONE);
        assertThat(quiet.damageCount()).isPositive();
        SwapMonitor monitor = once(kind);
        VerifyResult swapped = verify(monitor);
        trial.settle();
        assertThat(monitor.states()).contains("WAITING " + kind + " " + trial.name(kind)).last().isEqualTo("RUNNING");
        assertThat(swapped.damages()).isEqualTo(quiet.damages());
        assertThat(swapped.damageCount()).isEqualTo(quiet.damageCount());
        assertThat(swapped.coverage()).isEqualTo(quiet.coverage());
        assertThat(swapped.statistics().frames()).isEqualTo(quiet.statistics().frames());
    }

    @ParameterizedTest
    @ValueSource(strings = {"codec", "container format", "image store", "device provider"})
    void aRestoreToANewFileKeepsWhatItWrote(String kind) throws Exception {
        Path target = folder.resolve("restored.raw");
        SwapMonitor monitor = once(kind);
        RestoreResult result = restore(target, monitor);
        trial.settle();
        assertThat(monitor.states()).contains("WAITING " + kind + " " + trial.name(kind));
        assertThat(target).hasSameBinaryContentAs(trial.device);
        assertThat(result.bytesVerified()).isEqualTo(SwapTrial.LENGTH);
        assertThat(result.bytesWritten()).isLessThan(SwapTrial.LENGTH);
        assertThat(folder.resolve("restored.raw.partial")).doesNotExist();
    }

    @Test
    void jobsThatReadAreTheSameWhateverIsReplacedWhenever() throws Exception {
        damage(2);
        VerifyResult quiet = verify(JobMonitor.NONE);
        Path whole = folder.resolve("whole.skzimg");
        trial.engine.image(trial.request(whole), JobMonitor.NONE);
        long seed = RandomSeed.get();
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            SwapMonitor monitor = new SwapMonitor(asked -> {
                if (random.nextInt(60) == 0) {
                    trial.swap(SwapTrial.kinds().get(random.nextInt(SwapTrial.kinds().size())), random.nextInt(30));
                }
            });
            try {
                VerifyResult swapped = verify(monitor);
                assertThat(swapped.damages()).isEqualTo(quiet.damages());
                assertThat(swapped.coverage()).isEqualTo(quiet.coverage());
                trial.settle();
                Path restored = folder.resolve("restored" + round);
                trial.engine.restore(new RestoreRequest(whole.toString(), restored.toString(), false, false, true, TWO), monitor);
                assertThat(restored).hasSameBinaryContentAs(trial.device);
                trial.settle();
                Path again = folder.resolve("exported" + round);
                trial.engine.export(new ExportRequest(whole.toString(), again.toString(), 4096, -1, false, TWO), monitor);
                byte[] all = Files.readAllBytes(trial.device);
                assertThat(Files.readAllBytes(again)).isEqualTo(java.util.Arrays.copyOfRange(all, 4096, all.length));
                trial.settle();
                Files.delete(restored);
                Files.delete(again);
            } catch (Exception | AssertionError e) {
                throw new AssertionError("round " + round + " of seed " + seed + ": " + monitor.notices() + monitor.states(), e);
            }
        }
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".partial"))).isEmpty();
        }
    }

    @Test
    void aRestoreThatWaitedInVainLeavesNothingBehindIfItCan() throws Exception {
        trial.engine.installed().policy(new SwapPolicy(Duration.ofMillis(200), SwapTrial.DRAIN));
        Path target = folder.resolve("restored.raw");
        AtomicBoolean ended = new AtomicBoolean();
        SwapMonitor monitor = new SwapMonitor(asked -> {
            if (asked == 40) {
                trial.swapUntil("image store", ended::get);
            }
        });
        assertThatThrownBy(() -> restore(target, monitor)).isInstanceOf(PluginGoneException.class);
        ended.set(true);
        trial.settle();
        assertThat(List.of(target, folder.resolve("restored.raw.partial"))).allSatisfy(file -> assertThat(file).doesNotExist());
    }

    /** Takes the plug-ins of a kind away midway, until the job waits for one. */
    private SwapMonitor once(String kind) {
        SwapMonitor[] monitor = new SwapMonitor[1];
        monitor[0] = new SwapMonitor(asked -> {
            if (asked == 40) {
                trial.swapUntil(kind, () -> monitor[0].waited(kind));
            }
        });
        return monitor[0];
    }

    private VerifyResult verify(JobMonitor monitor) throws Exception {
        return trial.engine.verify(new VerifyRequest(image.toString(), false, TWO), monitor);
    }

    private RestoreResult restore(Path target, JobMonitor monitor) throws Exception {
        return trial.engine.restore(new RestoreRequest(image.toString(), target.toString(), false, false, true, TWO), monitor);
    }

    private void damage(int places) throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            for (int i = 1; i <= places; i++) {
                file.seek(file.length() / (places + 2) * i);
                int old = file.read();
                file.seek(file.getFilePointer() - 1);
                file.write(old ^ 0x5a);
            }
        }
    }
}
