package org.imagingutility.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.VolumeOnDisk;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.SnapshotException;
import org.imagingutility.api.job.BackupRequest;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageVolumesRequest;
import org.imagingutility.api.job.ImageVolumesResult;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.partition.Partition;
import org.imagingutility.tck.device.MemoryDeviceProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several volumes, and those of a disk, frozen at one moment. */
class FrozenVolumesTest {
    private static final String DISK = FreezableDisk.REFERENCE;

    @TempDir
    private Path folder;
    private final TestEngine engine = new TestEngine();
    private final List<String> notices = new ArrayList<>();
    private FreezableDisk frozen;
    private MemoryDeviceProvider memory;
    private FreezableDisk.Volumes volumes;
    private boolean cancel;

    @BeforeEach
    void makeDisk() throws Exception {
        frozen = new FreezableDisk(engine, folder);
        memory = frozen.memory;
        volumes = frozen.volumes;
        assertThat(frozen.contents).hasSizeGreaterThan(1);
    }

    @Test
    void aSetHoldsTheMomentAtWhichTheVolumesOfTheDiskWereFrozen() throws Exception {
        engine.backup(BackupRequest.of(DISK, folder.resolve("live").toString()), JobMonitor.NONE);
        engine.backup(frozen("set"), changing());
        assertSameImages("set", "live");
        assertThat(notices).filteredOn(line -> line.contains("frozen as of")).hasSize(1);
        assertThat(volumes.sets).isEqualTo(1);
        requireReleased();
    }

    @Test
    void aVolumeThatCannotBeFrozenIsReadFromTheDiskAndTold() throws Exception {
        engine.backup(BackupRequest.of(DISK, folder.resolve("live").toString()), JobMonitor.NONE);
        VolumeOnDisk first = frozen.contents.keySet().iterator().next();
        volumes.refused = first.reference();
        engine.backup(frozen("set"), noting());
        assertSameImages("set", "live");
        assertThat(notices).anyMatch(line -> line.contains(first.reference()) && line.contains("is read as it is") && line.contains("no room"));
        requireReleased();
    }

    @Test
    void aDiskOfWhichNoVolumeCanBeFrozenIsRefused() {
        volumes.refused = FreezableDisk.ALL;
        assertThatThrownBy(() -> engine.backup(frozen("set"), noting())).isInstanceOf(SnapshotException.class).hasMessageContaining(DISK)
                .hasMessageContaining("none of the volumes");
        assertThat(notices).filteredOn(line -> line.contains("no room")).hasSize(frozen.contents.size());
        assertThat(folder.resolve("set")).doesNotExist();
        requireReleased();
    }

    @Test
    void whatBelongsToVolumesOfSeveralRangesIsReadFromTheDiskAndTold() throws Exception {
        VolumeOnDisk first = frozen.contents.keySet().iterator().next();
        frozen.contents.remove(first);
        frozen.parts = List.of(new VolumeOnDisk("memory:striped", first.offset(), 4096), new VolumeOnDisk("memory:mirrored", 0, 512),
                new VolumeOnDisk("memory:striped", first.end() - 512, 512));
        engine.backup(BackupRequest.of(DISK, folder.resolve("live").toString()), JobMonitor.NONE);
        engine.backup(frozen("set"), noting());
        assertSameImages("set", "live");
        assertThat(notices).filteredOn(line -> line.contains("memory:striped")).singleElement().asString().contains("several", "is read as it is",
                "bytes " + first.offset() + " to " + (first.offset() + 4095) + " and " + (first.end() - 512) + " to " + (first.end() - 1));
        assertThat(notices).anyMatch(line -> line.contains("memory:mirrored") && line.contains("bytes 0 to 511"));
        requireReleased();
    }

    @Test
    void aDiskThatHasOnlySuchVolumesIsRefusedAsOneWithoutAVolumeThatCanBeFrozen() {
        frozen.contents.clear();
        frozen.parts = List.of(new VolumeOnDisk("memory:striped", 1 << 20, 4096));
        assertThatThrownBy(() -> engine.backup(frozen("set"), noting())).isInstanceOf(SnapshotException.class)
                .hasMessageContaining("none of the volumes");
        assertThat(notices).anyMatch(line -> line.contains("memory:striped"));
        assertThat(folder.resolve("set")).doesNotExist();
    }

    @Test
    void aBackupThatIsCancelledLeavesNoSnapshot() {
        cancel = true;
        assertThatThrownBy(() -> engine.backup(frozen("set"), changing())).isInstanceOf(CancelledException.class);
        requireReleased();
    }

    @Test
    void partitionsOfADiskAreFrozenToo() throws Exception {
        Partition partition = engine.disk(folder.resolve("disk.raw").toString()).table().orElseThrow().partitions().get(0);
        String one = "#" + partition.number();
        Object live = engine.image(image(DISK + one, "live.skzimg", false), JobMonitor.NONE).image().digests().content();
        assertThat(engine.image(image(DISK + one, "frozen.skzimg", true), changing()).image().digests().content()).isEqualTo(live);
        requireReleased();
    }

    @Test
    void severalVolumesAreFrozenInOneSet() throws Exception {
        memory.put("memory:a", random(1));
        memory.put("memory:b", random(2));
        ImageVolumesResult live = engine.imageVolumes(several("live", false, false), JobMonitor.NONE);
        ImageVolumesResult made = engine.imageVolumes(several("frozen", true, false), changing("memory:a", "memory:b"));
        for (int i = 0; i < 2; i++) {
            assertThat(made.images().get(i).image().digests().content()).isEqualTo(live.images().get(i).image().digests().content());
        }
        assertThat(volumes.sets).isEqualTo(1);
        assertThat(folder.resolve("frozen").resolve("memory_a.skzimg")).exists();
        requireReleased();
    }

    @Test
    void volumesThatCannotBeFrozenTogetherAreFrozenOneByOneWhereThatIsAskedFor() throws Exception {
        memory.put("memory:a", random(1));
        memory.put("memory:b", random(2));
        volumes.together = false;
        assertThatThrownBy(() -> engine.imageVolumes(several("set", true, false), noting())).isInstanceOf(SnapshotException.class);
        assertThat(folder.resolve("set")).isEmptyDirectory();
        engine.imageVolumes(several("set", true, true), noting());
        assertThat(volumes.sets).isEqualTo(2);
        assertThat(notices).anyMatch(line -> line.contains("cannot be frozen together") && line.contains("not both"));
        requireReleased();
    }

    private ImageVolumesRequest several(String to, boolean snapshot, boolean separately) throws Exception {
        Files.createDirectories(folder.resolve(to));
        ImageRequest of = image("memory:a", "x", snapshot);
        return new ImageVolumesRequest(List.of("memory:a", "memory:b"), folder.resolve(to).toString(), separately, of.output(), of.source(),
                of.readErrors(), of.layout(), of.pipeline(), List.of());
    }

    private ImageRequest image(String device, String to, boolean snapshot) {
        return new ImageRequest(device, folder.resolve(to).toString(), ImageRequest.Output.DEFAULT, new ImageRequest.Source(true, true, 0, 0, snapshot),
                ImageRequest.ReadErrors.DEFAULT, ImageRequest.Layout.DEFAULT, PipelineOptions.DEFAULT, List.of());
    }

    private BackupRequest frozen(String to) {
        BackupRequest of = BackupRequest.of(DISK, folder.resolve(to).toString());
        return new BackupRequest(of.device(), of.diskNumber(), of.folder(), of.output(), new ImageRequest.Source(false, true, 0, 0, true),
                of.readErrors(), of.layout(), of.pipeline(), of.linearHashes(), of.artefacts());
    }

    private static byte[] random(int seed) {
        byte[] content = new byte[1 << 20];
        new Random(seed).nextBytes(content);
        return content;
    }

    private void assertSameImages(String one, String other) throws Exception {
        try (Stream<Path> files = Files.list(folder.resolve(one))) {
            List<Path> images = files.filter(file -> file.toString().endsWith(".skzimg")).toList();
            assertThat(images).hasSizeGreaterThan(1);
            for (Path made : images) {
                assertThat(engine.info(made.toString()).digests().content()).as(made.toString())
                        .isEqualTo(engine.info(folder.resolve(other).resolve(made.getFileName()).toString()).digests().content());
            }
        }
    }

    private void requireReleased() {
        assertThat(memory.list()).extracting(DeviceInfo::reference).noneMatch(reference -> reference.contains("@"));
    }

    private JobMonitor noting() {
        return new JobMonitor() {
            @Override
            public void notice(String line) {
                notices.add(line);
            }
        };
    }

    /** Writes to what was frozen as soon as the job asks whether to stop. */
    private JobMonitor changing(String... others) {
        return new JobMonitor() {
            @Override
            public boolean cancelled() {
                if (volumes.sets > 0 && !frozen.written) {
                    frozen.write();
                    for (String other : others) {
                        memory.put(other, new byte[1 << 20]);
                    }
                }
                return frozen.written && cancel;
            }

            @Override
            public void notice(String line) {
                notices.add(line);
            }
        };
    }
}
