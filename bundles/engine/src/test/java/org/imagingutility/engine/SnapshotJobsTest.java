package org.imagingutility.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.IntConsumer;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.PluginGoneException;
import org.imagingutility.api.error.SnapshotException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.BackupRequest;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageRequest.ResumeCheck;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobState;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.snapshot.SnapshotProvider;
import org.imagingutility.engine.plugin.Origin;
import org.imagingutility.engine.plugin.SwapPolicy;
import org.imagingutility.fixtures.Fixtures;
import org.imagingutility.tck.device.MemoryDeviceProvider;
import org.imagingutility.tck.snapshot.MemorySnapshotProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that freeze their device: they see one moment of it, and leave nothing behind. */
class SnapshotJobsTest {
    private static final String DISK = "memory:disk";
    private static final int FRAME = 64 << 10;

    @TempDir
    private Path folder;
    private final TestEngine engine = new TestEngine();
    private final MemoryDeviceProvider devices = new MemoryDeviceProvider();
    private final SnapshotProvider snapshots = new MemorySnapshotProvider(devices);
    private final List<String> notices = new ArrayList<>();
    private final byte[] content = new byte[40 * FRAME];
    private Path image;

    @BeforeEach
    void makeDisk() {
        new Random(8).nextBytes(content);
        devices.put(DISK, content);
        engine.installed().deviceProviders().add(devices, 1, () -> Origin.ofModule(devices));
        add();
        image = folder.resolve("disk.skzimg");
    }

    private void add() {
        engine.installed().snapshotProviders().add(snapshots, 0, () -> Origin.ofModule(snapshots));
    }

    @Test
    void anImageHoldsTheMomentTheDeviceWasFrozen() throws Exception {
        ImageResult live = engine.image(request(folder.resolve("live.skzimg"), false, null), JobMonitor.NONE);
        ImageResult frozen = engine.image(request(image, true, null), changing(asked -> { }));
        assertThat(frozen.image().digests().content()).isEqualTo(live.image().digests().content());
        assertThat(devices.content(DISK)).isNotEqualTo(content);
        assertThat(notices).anyMatch(line -> line.contains("\"memory:disk\" is frozen as of 1970-01-01T00:00:01Z"));
        requireReleased();
    }

    @Test
    void theSnapshotIsReleasedWhenTheJobIsCancelledAndAnotherMomentIsComparedInFull() throws Exception {
        assertThatThrownBy(() -> engine.image(request(image, true, null), changing(asked -> {
            if (asked > 25) {
                cancelled = true;
            }
        }))).isInstanceOf(CancelledException.class);
        assertThat(notices).last().asString().contains("with --resume --resume-check full continues it");
        requireReleased();
        cancelled = false;
        devices.put(DISK, content);
        assertThatThrownBy(() -> engine.image(request(image, true, ResumeCheck.QUICK), changing(asked -> { })))
                .isInstanceOf(UsageException.class).hasMessageContaining("another moment");
        requireReleased();
        devices.put(DISK, content);
        ImageResult resumed = engine.image(request(image, true, ResumeCheck.FULL), changing(asked -> { }));
        assertThat(resumed.resumed()).isPresent();
        devices.put(DISK, content);
        assertThat(resumed.image().digests().content())
                .isEqualTo(engine.image(request(folder.resolve("live.skzimg"), false, null), JobMonitor.NONE).image().digests().content());
        requireReleased();
    }

    @Test
    void theImageIsTheSameWhenTheProviderIsReplacedInTheMidst() throws Exception {
        Path whole = folder.resolve("whole.skzimg");
        engine.image(request(whole, true, null), JobMonitor.NONE);
        engine.installed().policy(new SwapPolicy(Duration.ofSeconds(60), Duration.ofSeconds(30)));
        List<String> states = new ArrayList<>();
        Thread[] swap = new Thread[1];
        engine.image(request(image, true, null), new JobMonitor() {
            private int asked;

            @Override
            public boolean cancelled() {
                if (++asked == 30) {
                    swap[0] = new Thread(() -> engine.installed().snapshotProviders().remove(snapshots));
                    swap[0].start();
                }
                return false;
            }

            @Override
            public void state(JobState state, String reason) {
                states.add((state + " " + reason).strip());
                if (state == JobState.WAITING) {
                    devices.put(DISK, new byte[content.length]);
                    add();
                }
            }
        });
        swap[0].join();
        assertThat(states).contains("WAITING snapshot provider memory");
        // what the images say of time may differ
        assertThat(digest(image)).isEqualTo(digest(whole));
        requireReleased();
    }

    @Test
    void aProviderThatDoesNotComeBackSuspendsTheJobAndTheSnapshotIsNamed() {
        engine.installed().policy(new SwapPolicy(Duration.ofMillis(50), Duration.ofSeconds(30)));
        Thread[] swap = new Thread[1];
        assertThatThrownBy(() -> engine.image(request(image, true, null), changing(asked -> {
            if (asked == 30) {
                swap[0] = new Thread(() -> engine.installed().snapshotProviders().remove(snapshots));
                swap[0].start();
            }
        }))).isInstanceOf(PluginGoneException.class).hasMessageContaining("snapshot provider");
        assertThat(notices).anyMatch(line -> line.contains("snapshot \"memory:disk@1\"") && line.contains("could not be released"));
    }

    @Test
    void aDeviceThatNobodyFreezesIsRefusedBeforeAnythingIsWritten() throws Exception {
        Path file = Files.write(folder.resolve("disk.raw"), content);
        ImageRequest request = new ImageRequest(file.toString(), image.toString(), ImageRequest.Output.DEFAULT,
                new ImageRequest.Source(true, true, 0, 0, true), ImageRequest.ReadErrors.DEFAULT, ImageRequest.Layout.DEFAULT,
                PipelineOptions.DEFAULT, List.of());
        assertThatThrownBy(() -> engine.image(request, JobMonitor.NONE)).isInstanceOf(UsageException.class)
                .hasMessageContaining("freezes").hasMessageContaining("disk.raw");
        devices.remove(DISK);
        assertThatThrownBy(() -> engine.image(request(image, true, null), JobMonitor.NONE)).isInstanceOf(SnapshotException.class);
        assertThat(folder).isDirectoryNotContaining("glob:**skzimg*");
    }

    @Test
    void wholeDisksAndPartitionsAreFrozenAsWell() throws Exception {
        byte[] disk = Files.readAllBytes(Fixtures.unpack("disk-gpt", folder));
        devices.put(DISK, disk);
        BackupRequest of = BackupRequest.of(DISK, folder.resolve("set").toString());
        engine.backup(new BackupRequest(of.device(), of.diskNumber(), of.folder(), of.output(),
                new ImageRequest.Source(false, true, 0, 0, true), of.readErrors(), of.layout(), of.pipeline(), of.linearHashes(),
                of.artefacts()), changing(asked -> { }));
        requireReleased();
        assertThat(notices).filteredOn(line -> line.contains("is frozen as of")).hasSize(1);
        devices.put(DISK, disk);
        engine.backup(BackupRequest.of(DISK, folder.resolve("live").toString()), JobMonitor.NONE);
        try (var files = Files.list(folder.resolve("set"))) {
            List<Path> images = files.filter(file -> file.toString().endsWith(".skzimg")).toList();
            assertThat(images).isNotEmpty();
            for (Path made : images) {
                assertThat(digest(made)).isEqualTo(digest(folder.resolve("live").resolve(made.getFileName())));
            }
        }
        ImageRequest one = new ImageRequest(DISK + "#1", image.toString(), ImageRequest.Output.DEFAULT,
                new ImageRequest.Source(true, true, 0, 0, true), ImageRequest.ReadErrors.DEFAULT, ImageRequest.Layout.DEFAULT,
                PipelineOptions.DEFAULT, List.of());
        engine.image(one, changing(asked -> { }));
        requireReleased();
    }

    @Test
    void whatAnImageLacksIsNotReadFromAnotherMoment() {
        ImageRequest of = request(image, true, ResumeCheck.FULL);
        ImageRequest request = new ImageRequest(of.device(), of.target(), of.output(), of.source(),
                new ImageRequest.ReadErrors(true, 0, Duration.ZERO, Optional.empty(), true), of.layout(), of.pipeline(), List.of());
        assertThatThrownBy(() -> engine.image(request, JobMonitor.NONE)).isInstanceOf(UsageException.class)
                .hasMessageContaining("another moment");
    }

    private boolean cancelled;

    /** Writes to the device each time the job asks whether to stop. */
    private JobMonitor changing(IntConsumer atAsking) {
        return new JobMonitor() {
            private int asked;

            @Override
            public boolean cancelled() {
                devices.put(DISK, new byte[content.length]);
                atAsking.accept(++asked);
                return cancelled;
            }

            @Override
            public void notice(String line) {
                notices.add(line);
            }
        };
    }

    private Object digest(Path made) throws Exception {
        return engine.info(made.toString()).digests().content();
    }

    private void requireReleased() throws Exception {
        assertThat(devices.list()).extracting(DeviceInfo::reference).containsExactly(DISK);
    }

    private ImageRequest request(Path target, boolean snapshot, ResumeCheck resume) {
        return new ImageRequest(DISK, target.toString(), new ImageRequest.Output(false, false, false, Optional.ofNullable(resume),
                Duration.ZERO), new ImageRequest.Source(true, true, 0, 0, snapshot), ImageRequest.ReadErrors.DEFAULT,
                new ImageRequest.Layout("skz", Optional.empty(), OptionalInt.empty(), OptionalInt.of(FRAME),
                        OptionalLong.of(4 * FRAME)), new PipelineOptions(2, 0, true), List.of());
    }
}
