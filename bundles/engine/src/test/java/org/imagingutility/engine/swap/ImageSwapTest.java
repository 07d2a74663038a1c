package org.imagingutility.engine.swap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.JobMonitor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ImageSwapTest {
    @TempDir
    private Path folder;
    private SwapTrial trial;
    private Path whole;
    private ImageResult undisturbed;

    static java.util.List<String> kinds() {
        return SwapTrial.kinds();
    }

    @BeforeEach
    void makeAnImageThatNothingDisturbs() throws Exception {
        trial = new SwapTrial(folder);
        whole = folder.resolve("whole.skzimg");
        undisturbed = trial.engine.image(trial.request(whole), JobMonitor.NONE);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void anImageIsTheSameAfterAPluginWasReplacedInTheMidst(String kind) throws Exception {
        Path image = folder.resolve("swapped.skzimg");
        SwapMonitor monitor = new SwapMonitor(asked -> {
            if (asked == 40) {
                trial.swap(kind, 150);
            }
        });
        ImageResult result = trial.engine.image(trial.request(image), monitor);
        trial.settle();
        assertSame(result, image);
        assertThat(monitor.states()).anyMatch(state -> state.startsWith("WAITING " + kind))
                .last().isEqualTo("RUNNING");
        assertThat(result.resumed()).isEmpty();
    }

    @Test
    void anImageIsTheSameWhateverIsReplacedWhenever() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 25; round++) {
            Path image = folder.resolve("round" + round + ".skzimg");
            SwapMonitor monitor = new SwapMonitor(asked -> {
                if (random.nextInt(60) == 0) {
                    trial.swap(SwapTrial.kinds().get(random.nextInt(SwapTrial.kinds().size())), random.nextInt(30));
                }
            });
            try {
                assertSame(trial.engine.image(trial.request(image), monitor), image);
            } catch (Exception | AssertionError e) {
                throw new AssertionError("round " + round + " of seed " + seed + ": " + monitor.notices() + monitor.states(), e);
            }
            trial.settle();
            Files.delete(image);
        }
    }

    private void assertSame(ImageResult result, Path image) throws Exception {
        assertThat(result.image().digests()).isEqualTo(undisturbed.image().digests());
        assertThat(result.linearHashes()).isEqualTo(undisturbed.linearHashes());
        assertThat(result.alreadyComplete()).isFalse();
        assertThat(result.image().fileLength()).isEqualTo(undisturbed.image().fileLength());
    }
}
