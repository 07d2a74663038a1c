package org.imagingutility.engine.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.PluginGoneException;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.engine.plugin.SwapPolicy;
import org.imagingutility.tck.RandomSeed;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageSwapTest {
    private static final int ROUNDS = Integer.getInteger("imaging.swap.rounds", 4);

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
        SwapMonitor[] monitor = new SwapMonitor[1];
        monitor[0] = new SwapMonitor(asked -> {
            if (asked == 40) {
                trial.swapUntil(kind, () -> monitor[0].waited(kind));
            }
        });
        ImageResult result = trial.engine.image(trial.request(image), monitor[0]);
        trial.settle();
        assertSame(result, image);
        assertThat(monitor[0].states()).anyMatch(state -> state.startsWith("WAITING " + kind))
                .last().isEqualTo("RUNNING");
        assertThat(result.resumed()).isEmpty();
    }

    @Test
    void anImageIsTheSameWhateverIsReplacedWhenever() throws Exception {
        long seed = RandomSeed.get();
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
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

    @ParameterizedTest
    @MethodSource("kinds")
    void aJobThatWaitsCanBeCancelledAndGoneOnWithLater(String kind) throws Exception {
        Path image = folder.resolve("cancelled.skzimg");
        AtomicBoolean ended = new AtomicBoolean();
        SwapMonitor[] monitor = new SwapMonitor[1];
        monitor[0] = new SwapMonitor(asked -> {
            if (asked == 40) {
                trial.swapUntil(kind, ended::get);
            } else if (monitor[0].states().contains("WAITING " + kind + " " + trial.name(kind))) {
                monitor[0].cancel();
            }
        });
        assertThatThrownBy(() -> trial.engine.image(trial.request(image), monitor[0])).isInstanceOf(CancelledException.class);
        ended.set(true);
        trial.settle();
        assertThat(trial.engine.image(trial.resumed(image), JobMonitor.NONE).image().digests())
                .isEqualTo(undisturbed.image().digests());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aJobThatWaitedInVainSaysForWhatAndCanBeResumed(String kind) throws Exception {
        trial.engine.installed().policy(new SwapPolicy(Duration.ofMillis(300), SwapTrial.DRAIN));
        Path image = folder.resolve("suspended.skzimg");
        AtomicBoolean ended = new AtomicBoolean();
        SwapMonitor monitor = new SwapMonitor(asked -> {
            if (asked == 40) {
                trial.swapUntil(kind, ended::get);
            }
        });
        assertThatThrownBy(() -> trial.engine.image(trial.request(image), monitor)).isInstanceOfSatisfying(
                PluginGoneException.class, gone -> {
                    assertThat(gone.kind()).isEqualTo(kind);
                    assertThat(gone.name()).isEqualTo(trial.name(kind));
                    assertThat(gone.remedy()).hasValueSatisfying(remedy -> assertThat(remedy).contains("--resume"));
                });
        ended.set(true);
        trial.settle();
        assertThat(image).doesNotExist();
        assertThat(trial.engine.image(trial.resumed(image), JobMonitor.NONE).image().digests())
                .isEqualTo(undisturbed.image().digests());
    }

    @ParameterizedTest
    @ValueSource(strings = {"allocator", "container format", "image store"})
    void whatIsStillAwayWhenTheDeviceIsBackIsWaitedForAsWell(String kind) throws Exception {
        Path image = folder.resolve("two.skzimg");
        SwapMonitor[] monitor = new SwapMonitor[1];
        monitor[0] = new SwapMonitor(asked -> {
            if (asked == 40) {
                trial.swapUntil("device provider", () -> monitor[0].waited("device provider") || monitor[0].waited(kind));
                trial.swapUntil(kind, () -> monitor[0].waited(kind));
            }
        });
        assertSame(trial.engine.image(trial.request(image), monitor[0]), image);
        trial.settle();
        assertThat(monitor[0].states()).contains("WAITING " + kind + " " + trial.name(kind)).last().isEqualTo("RUNNING");
    }

    @Test
    void theOneWhoRunsTheJobMayStopAPluginItself() throws Exception {
        Path image = folder.resolve("own.skzimg");
        long[] took = new long[1];
        SwapMonitor monitor = new SwapMonitor(asked -> {
            if (asked == 40) {
                long begin = System.nanoTime();
                trial.swapHere("device provider");
                took[0] = System.nanoTime() - begin;
            }
        });
        assertSame(trial.engine.image(trial.request(image), monitor), image);
        assertThat(took[0]).as("it waits for nobody").isLessThan(SwapTrial.DRAIN.toNanos());
    }

    @Test
    void theUsersOfAPluginAreListedAsLongAsTheyUseIt() throws Exception {
        Path image = folder.resolve("used.skzimg");
        java.util.Map<String, java.util.List<String>> users = new java.util.TreeMap<>();
        SwapMonitor monitor = new SwapMonitor(asked -> {
            if (asked == 40) {
                trial.engine.plugins().forEach(plugin -> users.put(plugin.kind() + " " + plugin.name(), plugin.users()));
            }
        });
        trial.engine.image(trial.request(image), monitor);
        for (String kind : SwapTrial.kinds()) {
            assertThat(users.get(kind + " " + trial.name(kind))).as(kind).containsExactly("job 7");
        }
        assertThat(users.get("allocator ntfs")).isEmpty();
        assertThat(trial.engine.plugins()).allSatisfy(plugin -> assertThat(plugin.users()).isEmpty());
    }

    private void assertSame(ImageResult result, Path image) throws Exception {
        assertThat(result.image().digests()).isEqualTo(undisturbed.image().digests());
        assertThat(result.linearHashes()).isEqualTo(undisturbed.linearHashes());
        assertThat(result.alreadyComplete()).isFalse();
        assertThat(result.bytesRead()).isGreaterThanOrEqualTo(undisturbed.bytesRead());
        assertThat(image).hasSameBinaryContentAs(whole);
    }
}
