package org.imagingutility.engine.set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.Allocator;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.device.DeviceProvider;
import org.imagingutility.api.device.TargetOptions;
import org.imagingutility.api.device.WritableDevice;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.job.BackupResult;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.Progress;
import org.imagingutility.engine.plugin.Origin;
import org.imagingutility.fixtures.Fixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is backed up of a disk: the disks among the fixtures, and some that are odd. */
class BackupSetTest extends SetTrial {
    @ParameterizedTest
    @ValueSource(strings = {"disk-gpt", "disk-gpt-primary-lost", "disk-mbr", "disk-hybrid", "disk-empty"})
    void aDiskComesBackAsItWas(String name) throws Exception {
        Path disk = Fixtures.unpack(name, folder);
        backUp(disk);
        assertThat(verify().intact()).isTrue();
        // these disks have nothing in free clusters, so all of them is equal
        assertThat(Files.mismatch(restore("back", OptionalInt.empty(), false), disk)).isEqualTo(-1);
    }

    @Test
    void oneProgressGoesOverTheWholeDisk() throws Exception {
        List<Progress> told = new ArrayList<>();
        engine.backup(request(Fixtures.unpack("disk-gpt", folder), false, false), new JobMonitor() {
            @Override
            public void progress(Progress progress) {
                told.add(progress);
            }
        });
        assertThat(told).extracting(Progress::activity).containsOnly("Backing up");
        assertThat(told).extracting(Progress::totalBytes).containsOnly(told.get(0).totalBytes());
        assertThat(told).extracting(Progress::doneBytes).isSorted();
        assertThat(told.get(told.size() - 1).doneBytes()).isEqualTo(told.get(0).totalBytes());
    }

    @Test
    void aFolderOnTheDiskItselfIsRefused() throws Exception {
        Path disk = Fixtures.unpack("disk-gpt", folder);
        engine.installed().deviceProviders().add(new Mounted(disk.toString(), folder.toString()), 1, () -> Origin.ofModule(this));
        assertThatThrownBy(() -> backUp(disk)).isInstanceOf(TargetException.class).hasMessageContaining("lies on the disk");
        assertThat(folder.resolve("set")).doesNotExist();
    }

    /** Lists a partition of {@code disk} that is mounted, and opens nothing. */
    private record Mounted(String disk, String mountPoint) implements DeviceProvider {
        @Override
        public String name() {
            return "mounted";
        }

        @Override
        public boolean accepts(String reference) {
            return false;
        }

        @Override
        public List<DeviceInfo> list() {
            return List.of(new DeviceInfo(disk + "p1", DeviceKind.PARTITION, 512, 512, "", Optional.of(disk), List.of(mountPoint),
                    false));
        }

        @Override
        public Device open(String reference) {
            throw new AssertionError(reference);
        }

        @Override
        public WritableDevice openTarget(String reference, TargetOptions options) {
            throw new AssertionError(reference);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"disk-overlap", "bad-disk-gpt-count", "bad-disk-gpt-protective-only", "bad-disk-mbr-past-end"})
    void aDiskWhoseTableCannotBeGoneByIsTakenAsAWhole(String name) throws Exception {
        Path disk = Fixtures.unpack(name, folder);
        BackupResult result = backUp(disk);
        assertThat(result.manifest().partitions()).singleElement().satisfies(partition -> {
            assertThat(partition.index()).isZero();
            assertThat(partition.length()).isEqualTo(Files.size(disk));
        });
        assertThat(result.manifest().warnings()).singleElement().asString().contains("all blocks of the disk are taken, in one image");
        assertThat(verify().intact()).isTrue();
        assertThat(Files.mismatch(restore("back", OptionalInt.empty(), false), disk)).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bad-disk-mbr-ebr-nosig", "bad-disk-mbr-ebr-range", "bad-disk-mbr-loop", "bad-disk-gpt-inverted"})
    void whatATableDoesNotTellOfIsKeptAllTheSame(String name) throws Exception {
        Path disk = Fixtures.unpack(name, folder);
        assertThat(backUp(disk).manifest().warnings()).isNotEmpty();
        assertThat(Files.mismatch(restore("back", OptionalInt.empty(), false), disk)).isEqualTo(-1);
    }

    @Test
    void allIsKeptBehindABootRecordWithoutPartitions() throws Exception {
        byte[] content = new byte[32 << 20];
        new Random(1).nextBytes(content);
        Arrays.fill(content, 440, 510, (byte) 0);
        content[510] = 0x55;
        content[511] = (byte) 0xAA;
        Path disk = Files.write(folder.resolve("disk"), content);
        List<String> notices = new ArrayList<>();
        JobMonitor monitor = new JobMonitor() {
            @Override
            public void notice(String text) {
                notices.add(text);
            }
        };
        assertThat(engine.backup(request(disk, false, false), monitor).manifest().partitions()).hasSize(1);
        assertThat(notices).anySatisfy(notice -> assertThat(notice)
                .contains("has a boot record without partitions: it is taken as one volume"));
        assertThat(Files.mismatch(restore("back", OptionalInt.empty(), false), disk)).isEqualTo(-1);

        Volumes volumes = new Volumes(engine.allocators().all().stream().filter(Allocator::catchAll).findFirst().orElseThrow());
        engine.allocators().add(volumes, 1, () -> Origin.ofModule(volumes));
        BackupResult result = engine.backup(request(disk, false, true), JobMonitor.NONE);
        assertThat(result.manifest().partitions()).singleElement().satisfies(partition -> {
            assertThat(partition.index()).isZero();
            assertThat(partition.length()).isEqualTo(content.length);
            assertThat(partition.artefact().orElseThrow().allocator()).isEqualTo("volumes");
        });
        assertThat(Files.mismatch(restore("back2", OptionalInt.empty(), false), disk)).isEqualTo(-1);
    }

    /** Knows every device as a volume, all of which is in use. */
    private record Volumes(Allocator all) implements Allocator {
        @Override
        public String name() {
            return "volumes";
        }

        @Override
        public Optional<Allocation> recognise(Device device) throws ImagingException {
            return all.recognise(device);
        }
    }
}
