package org.imagingutility.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.SnapshotException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageRequest.Output;
import org.imagingutility.api.job.ImageRequest.ResumeCheck;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.ImageVolumesRequest;
import org.imagingutility.api.job.ImageVolumesResult;
import org.imagingutility.api.job.ImageVolumesResult.Volume;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.RestoreRequest;
import org.imagingutility.api.snapshot.Snapshot;
import org.imagingutility.api.snapshot.SnapshotProvider;
import org.imagingutility.engine.plugin.Origin;
import org.imagingutility.tck.device.MemoryDeviceProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images of several volumes, one of which fails. */
class VolumesJobTest {
    private static final List<String> DEVICES = List.of("memory:a", "memory:gone", "memory:b");
    private static final Output RESUMED = new Output(false, false, false, Optional.of(ResumeCheck.FULL), Output.DEFAULT.retryTarget());

    @TempDir
    private Path folder;
    private final TestEngine engine = new TestEngine();
    private final MemoryDeviceProvider memory = new MemoryDeviceProvider();
    private final List<String> notices = new ArrayList<>();
    private boolean cancelled;

    @BeforeEach
    void makeDevices() {
        engine.installed().deviceProviders().add(memory, 1, () -> Origin.ofModule(memory));
        memory.put("memory:a", random(1));
        memory.put("memory:b", random(2));
    }

    @Test
    void aVolumeThatFailsDoesNotKeepTheJobFromTheOthers() throws Exception {
        ImageVolumesResult result = engine.imageVolumes(request(Output.DEFAULT, false), noting());
        assertThat(result.isComplete()).isFalse();
        assertThat(result.volumes()).extracting(Volume::device).isEqualTo(DEVICES);
        assertThat(result.failed()).singleElement().satisfies(failed -> {
            assertThat(failed.device()).isEqualTo("memory:gone");
            assertThat(failed.failure()).containsInstanceOf(DeviceException.class);
        });
        assertThat(notices).anyMatch(line -> line.contains("\"memory:gone\" failed") && line.contains("the others"));
        assertThat(result.images()).hasSize(2);
        assertHolds("memory_a.skzimg", "memory:a");
        assertHolds("memory_b.skzimg", "memory:b");
        assertThat(folder.resolve("memory_gone.skzimg")).doesNotExist();
    }

    @Test
    void whatFailedIsMadeByTheSameJobResumedAndTheOthersStay() throws Exception {
        engine.imageVolumes(request(Output.DEFAULT, false), noting());
        memory.put("memory:gone", random(3));
        ImageVolumesResult again = engine.imageVolumes(request(RESUMED, false), noting());
        assertThat(again.isComplete()).isTrue();
        assertThat(again.images()).extracting(ImageResult::alreadyComplete).containsExactly(true, false, true);
        assertHolds("memory_gone.skzimg", "memory:gone");
    }

    @Test
    void aVolumeWhoseVerificationCannotBeCarriedOutFailsAlone() throws Exception {
        memory.put("memory:gone", random(3));
        JobMonitor removing = new JobMonitor() {
            @Override
            public boolean cancelled() {
                // all images are there, and none is verified yet
                if (Files.exists(folder.resolve("memory_b.skzimg"))) {
                    folder.resolve("memory_gone.skzimg").toFile().delete();
                }
                return false;
            }
        };
        ImageVolumesResult result = engine.imageVolumes(request(new Output(false, false, true, Optional.empty(), Output.DEFAULT.retryTarget()), false),
                removing);
        assertThat(result.failed()).extracting(Volume::device).containsExactly("memory:gone");
        assertThat(result.images()).allSatisfy(image -> assertThat(image.verified().orElseThrow().intact()).isTrue());
    }

    @Test
    void aCancelledJobBeginsNoOtherImage() {
        cancelled = true;
        assertThatThrownBy(() -> engine.imageVolumes(request(Output.DEFAULT, false), noting())).isInstanceOf(CancelledException.class);
        assertThat(folder.resolve("memory_b.skzimg")).doesNotExist();
    }

    @Test
    void anImageThatStandsThereIsFoundOutBeforeTheFirstIsBegun() throws Exception {
        Files.writeString(folder.resolve("memory_b.skzimg"), "of yesterday");
        assertThatThrownBy(() -> engine.imageVolumes(request(Output.DEFAULT, false), noting())).isInstanceOf(TargetException.class)
                .hasMessageContaining("memory_b.skzimg").hasMessageContaining("no image was begun");
        try (Stream<Path> there = Files.list(folder)) {
            assertThat(there).containsExactly(folder.resolve("memory_b.skzimg"));
        }
    }

    @Test
    void aRequestThatMakesNoSenseEndsTheJobBeforeTheFirstImage() {
        ImageVolumesRequest of = request(Output.DEFAULT, false);
        ImageVolumesRequest hashed = new ImageVolumesRequest(of.devices(), of.folder(), false, of.output(), of.source(), of.readErrors(), of.layout(),
                of.pipeline(), List.of("crc-of-nobody"));
        assertThatThrownBy(() -> engine.imageVolumes(hashed, noting())).isInstanceOf(UsageException.class);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void volumesOfOneMomentAreImagedTogetherOrNotAtAll() {
        SnapshotProvider refusing = new Refusing();
        engine.installed().snapshotProviders().add(refusing, 0, () -> Origin.ofModule(refusing));
        assertThatThrownBy(() -> engine.imageVolumes(request(Output.DEFAULT, true), noting())).isInstanceOf(SnapshotException.class)
                .hasMessageContaining("no room");
        assertThat(folder).isEmptyDirectory();
    }

    private ImageVolumesRequest request(Output output, boolean snapshot) {
        return new ImageVolumesRequest(DEVICES, folder.toString(), false, output, new ImageRequest.Source(true, true, 0, 0, snapshot),
                ImageRequest.ReadErrors.DEFAULT, ImageRequest.Layout.DEFAULT, PipelineOptions.DEFAULT, List.of());
    }

    private void assertHolds(String image, String device) throws Exception {
        Path raw = folder.resolve(image + ".raw");
        engine.restore(new RestoreRequest(folder.resolve(image).toString(), raw.toString(), false, false, false,
                PipelineOptions.DEFAULT), JobMonitor.NONE);
        assertThat(Files.readAllBytes(raw)).isEqualTo(memory.content(device));
    }

    private static byte[] random(int seed) {
        byte[] content = new byte[1 << 20];
        new Random(seed).nextBytes(content);
        return content;
    }

    private JobMonitor noting() {
        return new JobMonitor() {
            @Override
            public void notice(String line) {
                notices.add(line);
            }

            @Override
            public boolean cancelled() {
                return cancelled;
            }
        };
    }

    /** Freezes nothing. */
    private static final class Refusing implements SnapshotProvider {
        @Override
        public String name() {
            return "refusing";
        }

        @Override
        public boolean accepts(String reference) {
            return reference.startsWith("memory:");
        }

        @Override
        public Snapshot freeze(List<String> references) throws SnapshotException {
            throw new SnapshotException(references.get(0), "no room", null, null);
        }

        @Override
        public Snapshot reopen(String id) throws SnapshotException {
            throw new SnapshotException(id, "there is none", null, null);
        }
    }
}
