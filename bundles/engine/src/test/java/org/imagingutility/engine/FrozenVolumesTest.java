package org.imagingutility.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.device.DeviceProvider;
import org.imagingutility.api.device.TargetOptions;
import org.imagingutility.api.device.VolumeOnDisk;
import org.imagingutility.api.device.WritableDevice;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.SnapshotException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.job.BackupRequest;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageVolumesRequest;
import org.imagingutility.api.job.ImageVolumesResult;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.partition.Partition;
import org.imagingutility.api.snapshot.Snapshot;
import org.imagingutility.api.snapshot.SnapshotProvider;
import org.imagingutility.engine.plugin.Origin;
import org.imagingutility.fixtures.Fixtures;
import org.imagingutility.tck.device.MemoryDeviceProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several volumes, and those of a disk, frozen at one moment. */
class FrozenVolumesTest {
    private static final String DISK = "disk:0";

    @TempDir
    private Path folder;
    private final TestEngine engine = new TestEngine();
    private final MemoryDeviceProvider memory = new MemoryDeviceProvider();
    private final Volumes volumes = new Volumes();
    private final List<String> notices = new ArrayList<>();
    private final Map<VolumeOnDisk, byte[]> contents = new LinkedHashMap<>();
    private byte[] disk;
    private boolean written;
    private boolean cancel;

    @BeforeEach
    void makeDisk() throws Exception {
        disk = Files.readAllBytes(Fixtures.unpack("disk-gpt", folder));
        Files.write(folder.resolve("disk.raw"), disk);
        for (Partition partition : engine.disk(folder.resolve("disk.raw").toString()).table().orElseThrow().partitions()) {
            VolumeOnDisk volume = new VolumeOnDisk("memory:" + partition.number(), partition.offset(), partition.length());
            byte[] content = Arrays.copyOfRange(disk, (int) volume.offset(), (int) volume.end());
            contents.put(volume, content);
            memory.put(volume.reference(), content);
        }
        assertThat(contents).hasSizeGreaterThan(1);
        engine.installed().deviceProviders().add(memory, 1, () -> Origin.ofModule(memory));
        DeviceProvider disks = new Disks();
        engine.installed().deviceProviders().add(disks, 1, () -> Origin.ofModule(disks));
        engine.installed().snapshotProviders().add(volumes, 0, () -> Origin.ofModule(volumes));
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
        VolumeOnDisk first = contents.keySet().iterator().next();
        volumes.refused = first.reference();
        engine.backup(frozen("set"), noting());
        assertSameImages("set", "live");
        assertThat(notices).anyMatch(line -> line.contains(first.reference()) && line.contains("is read as it is") && line.contains("no room"));
        requireReleased();
    }

    @Test
    void aDiskOfWhichNoVolumeCanBeFrozenIsRefused() {
        volumes.refused = "all";
        assertThatThrownBy(() -> engine.backup(frozen("set"), noting())).isInstanceOf(SnapshotException.class).hasMessageContaining(DISK)
                .hasMessageContaining("none of the volumes");
        assertThat(notices).filteredOn(line -> line.contains("no room")).hasSize(contents.size());
        assertThat(folder.resolve("set")).doesNotExist();
        requireReleased();
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
        ImageVolumesResult frozen = engine.imageVolumes(several("frozen", true, false), changing("memory:a", "memory:b"));
        for (int i = 0; i < 2; i++) {
            assertThat(frozen.images().get(i).image().digests().content()).isEqualTo(live.images().get(i).image().digests().content());
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
                if (volumes.sets > 0 && !written) {
                    written = true;
                    contents.forEach((volume, content) -> memory.put(volume.reference(), new byte[content.length]));
                    for (String other : others) {
                        memory.put(other, new byte[1 << 20]);
                    }
                }
                return written && cancel;
            }

            @Override
            public void notice(String line) {
                notices.add(line);
            }
        };
    }

    /** A disk that shows what its volumes hold at the time. */
    private final class Disks implements DeviceProvider {
        @Override
        public String name() {
            return "disks";
        }

        @Override
        public List<DeviceInfo> list() {
            return List.of();
        }

        @Override
        public boolean accepts(String reference) {
            return reference.equals(DISK);
        }

        @Override
        public Device open(String reference) {
            return new Device() {
                @Override
                public DeviceInfo info() {
                    return new DeviceInfo(DISK, DeviceKind.DISK, disk.length, 512, "", Optional.empty(), List.of(), true);
                }

                @Override
                public void read(long offset, ByteBuffer target) {
                    byte[] now = Arrays.copyOfRange(disk, (int) offset, (int) offset + target.remaining());
                    for (VolumeOnDisk volume : contents.keySet()) {
                        int from = (int) Math.max(offset, volume.offset());
                        int to = (int) Math.min(offset + now.length, volume.end());
                        if (written && from < to) {
                            Arrays.fill(now, from - (int) offset, to - (int) offset, (byte) 0);
                        }
                    }
                    target.put(now);
                }

                @Override
                public List<VolumeOnDisk> volumes() {
                    return List.copyOf(contents.keySet());
                }

                @Override
                public void close() {
                    // nothing is open
                }
            };
        }

        @Override
        public WritableDevice openTarget(String reference, TargetOptions options) throws TargetException {
            throw new TargetException(reference, -1, "is for reading", null, null);
        }
    }

    /** Freezes devices in memory, several in one set. */
    private final class Volumes implements SnapshotProvider {
        private int sets;
        private String refused = "";
        private boolean together = true;

        @Override
        public String name() {
            return "volumes";
        }

        @Override
        public boolean accepts(String reference) {
            return memory.accepts(reference) && !reference.contains("@");
        }

        @Override
        public Optional<String> refusal(String reference) {
            return refused.equals("all") || refused.equals(reference) ? Optional.of("there is no room") : Optional.empty();
        }

        @Override
        public Snapshot freeze(List<String> references) throws SnapshotException {
            if (references.size() > 1 && !together) {
                throw new SnapshotException(references.get(0), "not both", null, null);
            }
            sets++;
            references.forEach(reference -> memory.put(reference + "@" + sets, memory.content(reference)));
            return snapshot(sets);
        }

        @Override
        public Snapshot reopen(String id) {
            return snapshot(Integer.parseInt(id));
        }

        private Snapshot snapshot(int set) {
            return new Snapshot() {
                @Override
                public String id() {
                    return Integer.toString(set);
                }

                @Override
                public Instant taken() {
                    return Instant.ofEpochSecond(set);
                }

                @Override
                public String frozen(String reference) {
                    return reference + "@" + set;
                }

                @Override
                public void release() {
                    memory.list().stream().map(DeviceInfo::reference).filter(reference -> reference.endsWith("@" + set)).forEach(memory::remove);
                }

                @Override
                public void close() {
                    // nothing is open
                }
            };
        }
    }
}
