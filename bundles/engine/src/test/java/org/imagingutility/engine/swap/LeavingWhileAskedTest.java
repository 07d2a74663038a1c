package org.imagingutility.engine.swap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.Allocator;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.allocator.Signature;
import org.imagingutility.api.allocator.WholeDevicePass;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.engine.plugin.Origin;
import org.imagingutility.engine.plugin.PluginSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plug-ins that leave just while all of their kind are asked what is on the device. */
class LeavingWhileAskedTest {
    private static final FileSystemInfo KNOWN = new FileSystemInfo("toy", "label", "1234", 512, 100);
    @TempDir
    private Path folder;

    @Test
    void theAllocatorThatComesBackIsNotRefusedForWhatWasFoundWithoutIt() throws Exception {
        SwapTrial trial = new SwapTrial(folder);
        PluginSet<Allocator> set = trial.engine.installed().allocators();
        Toy first = new Toy();
        add(set, first, 0);
        Path whole = folder.resolve("whole.skzimg");
        ImageRequest request = usedOnly(trial.request(whole));
        trial.engine.image(request, JobMonitor.NONE);

        Toy second = new Toy();
        Toy third = new Toy();
        Replacing replacing = new Replacing(() -> {
            set.remove(second);
            add(set, third, 0);
        });
        SwapMonitor monitor = new SwapMonitor(count -> {
            if (count == 40) {
                Thread swap = new Thread(() -> {
                    set.remove(first);
                    add(set, replacing, 1000);
                    add(set, second, 0);
                });
                swap.start();
                while (set.all().contains(first) && swap.isAlive()) {
                    Thread.onSpinWait(); // else the job may be done before
                }
            }
        });
        Path image = folder.resolve("swapped.skzimg");
        trial.engine.image(usedOnly(trial.request(image)), monitor);
        assertThat(replacing.done).as("the second one left while it was to be asked").isTrue();
        assertThat(monitor.notices()).noneSatisfy(line -> assertThat(line).contains("refused"));
        assertThat(image).hasSameBinaryContentAs(whole);
    }

    @Test
    void theAllocatorThatLeavesBetweenItsSignatureAndItsAnswerIsWaitedFor() throws Exception {
        SwapTrial trial = new SwapTrial(folder);
        PluginSet<Allocator> set = trial.engine.installed().allocators();
        Toy first = new Toy();
        add(set, first, 1000);
        add(set, new Replacing(() -> set.remove(first)), 0);
        SwapMonitor monitor = new SwapMonitor(count -> { }, state -> {
            if (state.equals("WAITING allocator toy")) {
                add(set, new Toy(), 1000);
            }
        });
        Path image = folder.resolve("image.skzimg");
        ImageResult result = trial.engine.image(usedOnly(trial.request(image)), monitor);
        assertThat(monitor.waited("allocator")).isTrue();
        assertThat(result.image().spec().metadata().text("fileSystem.name")).contains("toy");
        assertThat(monitor.notices()).isEmpty();
    }

    private static void add(PluginSet<Allocator> set, Allocator allocator, int ranking) {
        set.add(allocator, ranking, () -> Origin.ofModule(allocator));
    }

    private static ImageRequest usedOnly(ImageRequest all) {
        return new ImageRequest(all.device(), all.target(), all.output(), new ImageRequest.Source(false, true, 0, 0),
                all.readErrors(), all.layout(), all.pipeline(), all.linearHashes());
    }

    /** Knows what is on each device. */
    private static final class Toy implements Allocator {
        @Override
        public String name() {
            return "toy";
        }

        @Override
        public Optional<Allocation> recognise(Device device) {
            return Optional.of(new Allocation() {
                @Override
                public FileSystemInfo info() {
                    return KNOWN;
                }

                @Override
                public ExtentCursor extents() {
                    return new WholeDevicePass(device.length());
                }
            });
        }
    }

    /** Knows nothing; does something when it is asked for the first time, before those behind it are. */
    private static final class Replacing implements Allocator {
        private final Runnable first;
        private boolean done;

        Replacing(Runnable first) {
            this.first = first;
        }

        @Override
        public String name() {
            return "replacing";
        }

        @Override
        public Optional<Allocation> recognise(Device device) {
            return Optional.empty();
        }

        @Override
        public List<Signature> signatures(Device device) {
            if (!done) {
                done = true;
                first.run();
            }
            return List.of();
        }
    }
}
