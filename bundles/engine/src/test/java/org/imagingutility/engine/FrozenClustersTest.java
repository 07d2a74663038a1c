package org.imagingutility.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.device.ClustersInUse;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceProvider;
import org.imagingutility.api.device.TargetOptions;
import org.imagingutility.api.device.VolumeOnDisk;
import org.imagingutility.api.device.WritableDevice;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.job.BackupRequest;
import org.imagingutility.api.job.BackupResult;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.engine.plugin.Origin;
import org.imagingutility.tck.device.ForwardingDevice;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frozen volumes of which the operating system says what was in use: ReFS, for example, which no allocator of ours reads. */
class FrozenClustersTest {
    private static final int CLUSTER = 4096;

    @TempDir
    private Path folder;
    private final TestEngine engine = new TestEngine();
    private final List<String> notices = new ArrayList<>();
    /** What is said of a volume's frozen view. */
    private final Map<String, ClustersInUse> told = new HashMap<>();
    private FreezableDisk disk;

    @BeforeEach
    void makeDisk() throws Exception {
        disk = new FreezableDisk(engine, folder);
        DeviceProvider views = new Views();
        engine.installed().deviceProviders().add(views, 2, () -> Origin.ofModule(views));
    }

    /** Opens frozen views of which something is said. */
    private final class Views implements DeviceProvider {
        @Override
        public String name() {
            return "views";
        }

        @Override
        public List<DeviceInfo> list() {
            return List.of();
        }

        @Override
        public boolean accepts(String reference) {
            int at = reference.indexOf('@');
            return at >= 0 && told.containsKey(reference.substring(0, at));
        }

        @Override
        public Device open(String reference) throws ImagingException {
            return new ForwardingDevice(disk.memory.open(reference)) {
                @Override
                public Optional<ClustersInUse> clustersInUse() {
                    return Optional.of(told.get(reference.substring(0, reference.indexOf('@'))));
                }
            };
        }

        @Override
        public WritableDevice openTarget(String reference, TargetOptions options) throws TargetException {
            throw new TargetException(reference, -1, "is for reading", null, null);
        }
    }

    /** Puts a file system that nobody here knows on the first volume, and returns what it is to be in an image. */
    private byte[] unknownFileSystem() {
        VolumeOnDisk volume = disk.contents.keySet().iterator().next();
        byte[] content = new byte[(int) volume.length()];
        new Random(7).nextBytes(content);
        disk.hold(volume, content);
        int count = content.length / CLUSTER - 3;
        told.put(volume.reference(), new ClustersInUseOf("ReFS", CLUSTER, 2 * CLUSTER, count));
        byte[] expected = content.clone();
        for (int cluster = 0; cluster < count; cluster++) {
            if (cluster % 3 != 0) {
                Arrays.fill(expected, (cluster + 2) * CLUSTER, (cluster + 3) * CLUSTER, (byte) 0);
            }
        }
        return expected;
    }

    private BackupResult backup(String to) throws Exception {
        BackupRequest of = BackupRequest.of(FreezableDisk.REFERENCE, folder.resolve(to).toString());
        return engine.backup(new BackupRequest(of.device(), of.diskNumber(), of.folder(), of.output(), new ImageRequest.Source(false, true, 0, 0, true),
                of.readErrors(), of.layout(), of.pipeline(), of.linearHashes(), of.artefacts()), noting());
    }

    private ImageInfo image(String device, String to) throws Exception {
        return engine.image(new ImageRequest(device, folder.resolve(to).toString(), ImageRequest.Output.DEFAULT,
                new ImageRequest.Source(false, true, 0, 0, true), ImageRequest.ReadErrors.DEFAULT, ImageRequest.Layout.DEFAULT,
                PipelineOptions.DEFAULT, List.of()), noting()).image();
    }

    private ImageInfo ofFirstPartition(BackupResult made) throws Exception {
        String file = made.manifest().partitions().get(0).artefact().orElseThrow().file();
        return engine.info(Path.of(made.manifestFile()).resolveSibling(file).toString());
    }

    private JobMonitor noting() {
        return new JobMonitor() {
            @Override
            public void notice(String line) {
                notices.add(line);
            }
        };
    }

    @Test
    void aVolumeWithinADiskIsTakenAsTheSystemSaysAndAsByItself() throws Exception {
        byte[] expected = unknownFileSystem();
        ImageInfo within = ofFirstPartition(backup("set"));
        assertThat(within.spec().usedOnly()).isTrue();
        assertThat(within.statistics().text("allocator")).hasValue("system");
        assertThat(within.spec().metadata().text("fileSystem.state")).as("what is frozen is in order").isEmpty();
        ImageInfo alone = image(disk.contents.keySet().iterator().next().reference(), "alone.skzimg");
        assertThat(alone.spec().usedOnly()).isTrue();
        assertThat(within.digests().content()).isEqualTo(alone.digests().content());
        assertThat(image(FreezableDisk.REFERENCE + "#1", "partition.skzimg").digests().content()).isEqualTo(alone.digests().content());
        Path restored = folder.resolve("r.raw");
        engine.restore(TestEngine.restore(folder.resolve("alone.skzimg"), restored), JobMonitor.NONE);
        assertThat(Files.readAllBytes(restored)).isEqualTo(expected);
    }

    @Test
    void aFrozenVolumeIsNotOneThatIsMounted() throws Exception {
        unknownFileSystem();
        backup("set");
        assertThat(notices).noneMatch(line -> line.contains("is mounted"));
    }

    @Test
    void whatAnAllocatorReadsItselfTheSystemIsNotAskedAbout() throws Exception {
        ImageInfo before = ofFirstPartition(backup("before"));
        assertThat(before.spec().usedOnly()).isTrue();
        VolumeOnDisk volume = disk.contents.keySet().iterator().next();
        told.put(volume.reference(), new ClustersInUseOf("NTFS", 512, 0, 8));
        ImageInfo within = ofFirstPartition(backup("set"));
        assertThat(within.digests().content()).isEqualTo(before.digests().content());
        assertThat(within.statistics().text("allocator")).isEqualTo(before.statistics().text("allocator")).isPresent();
    }
}
