package org.imagingutility.engine.set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.Allocator;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.device.DeviceProvider;
import org.imagingutility.api.device.TargetOptions;
import org.imagingutility.api.device.WritableDevice;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PartitionTableException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.BackupRequest;
import org.imagingutility.api.job.BackupResult;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.Progress;
import org.imagingutility.api.job.RestoreSetRequest;
import org.imagingutility.api.job.RestoreSetResult;
import org.imagingutility.api.job.VerifySetRequest;
import org.imagingutility.api.job.VerifySetResult;
import org.imagingutility.api.job.VerifySetResult.Verdict;
import org.imagingutility.engine.TestEngine;
import org.imagingutility.engine.plugin.Origin;
import org.imagingutility.fixtures.Fixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Backup sets of the disks among the fixtures. */
class SetsTest {
    @TempDir
    private Path folder;
    private final TestEngine engine = new TestEngine();

    private BackupRequest request(Path disk, boolean resume, boolean force) {
        BackupRequest of = BackupRequest.of(disk.toString(), folder.resolve("set").toString());
        ImageRequest.Output output = new ImageRequest.Output(force, false, false,
                resume ? Optional.of(ImageRequest.ResumeCheck.QUICK) : Optional.empty(), Duration.ZERO);
        return new BackupRequest(of.device(), of.diskNumber(), of.folder(), output, of.source(), of.readErrors(), of.layout(),
                of.pipeline(), of.linearHashes(), of.artefacts());
    }

    private BackupResult backUp(Path disk) throws Exception {
        return engine.backup(request(disk, false, false), JobMonitor.NONE);
    }

    private VerifySetResult verify() throws Exception {
        return engine.verifySet(new VerifySetRequest(folder.resolve("set").toString(), false, PipelineOptions.DEFAULT), JobMonitor.NONE);
    }

    private Path restore(String name, OptionalInt partition, boolean force) throws Exception {
        Path target = folder.resolve(name);
        engine.restoreSet(new RestoreSetRequest(folder.resolve("set").toString(), target.toString(), partition, false, force, true,
                PipelineOptions.DEFAULT), JobMonitor.NONE);
        return target;
    }

    private static void change(Path file, long offset, int value) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(offset);
            open.write(value);
        }
    }

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
    void aSetThatWasInterruptedHasNoManifestAndIsGoneOnWith() throws Exception {
        Path disk = Fixtures.unpack("disk-gpt", folder);
        AtomicBoolean stop = new AtomicBoolean();
        JobMonitor monitor = new JobMonitor() {
            @Override
            public boolean cancelled() {
                return stop.get() || Files.exists(folder.resolve("set/part02.skzimg"));
            }
        };
        assertThatThrownBy(() -> engine.backup(request(disk, false, false), monitor)).isInstanceOf(CancelledException.class);
        assertThat(folder.resolve("set/backup.manifest.json")).doesNotExist();
        assertThatThrownBy(this::verify).isInstanceOf(ImageReadException.class).hasMessageContaining("no complete backup set");
        assertThatThrownBy(() -> backUp(disk)).isInstanceOf(TargetException.class).hasMessageContaining("not completed");

        BackupResult result = engine.backup(request(disk, true, false), JobMonitor.NONE);
        assertThat(result.parts()).extracting(BackupResult.Part::kept).containsExactly(true, true, false, false);
        assertThat(verify().intact()).isTrue();
        assertThat(Files.mismatch(restore("back", OptionalInt.empty(), false), disk)).isEqualTo(-1);
        assertThat(engine.backup(request(disk, true, false), JobMonitor.NONE).alreadyComplete()).isTrue();
        assertThatThrownBy(() -> backUp(disk)).isInstanceOf(TargetException.class).hasMessageContaining("complete backup set");
    }

    @Test
    void aDiskThatChangedMeanwhileIsNotGoneOnWith() throws Exception {
        Path disk = Fixtures.unpack("disk-gpt", folder);
        JobMonitor monitor = new JobMonitor() {
            @Override
            public boolean cancelled() {
                return Files.exists(folder.resolve("set/part01.skzimg"));
            }
        };
        assertThatThrownBy(() -> engine.backup(request(disk, false, false), monitor)).isInstanceOf(CancelledException.class);
        change(disk, 1048576 + 600, 1);
        assertThatThrownBy(() -> engine.backup(request(disk, true, false), JobMonitor.NONE)).isInstanceOf(UsageException.class)
                .hasMessageContaining("partition 1");
        change(disk, 300, 1);
        assertThatThrownBy(() -> engine.backup(request(disk, true, false), JobMonitor.NONE)).isInstanceOf(UsageException.class)
                .hasMessageContaining("byte 300");
        BackupResult anew = engine.backup(request(disk, false, true), JobMonitor.NONE);
        assertThat(anew.parts()).extracting(BackupResult.Part::kept).containsOnly(false);
        assertThat(Files.mismatch(restore("back", OptionalInt.empty(), false), disk)).isEqualTo(-1);
    }

    @Test
    void aSetThatIsFoundDamagedWhenItIsVerifiedIsNotLeftAsACompleteOne() throws Exception {
        BackupRequest of = request(Fixtures.unpack("disk-gpt", folder), false, false);
        BackupRequest verified = new BackupRequest(of.device(), of.diskNumber(), of.folder(), new ImageRequest.Output(false, false,
                true, Optional.empty(), Duration.ZERO), of.source(), of.readErrors(), of.layout(), of.pipeline(),
                of.linearHashes(), of.artefacts());
        AtomicBoolean damaged = new AtomicBoolean();
        BackupResult result = engine.backup(verified, new JobMonitor() {
            @Override
            public void progress(Progress progress) {
                if (progress.activity().equals("Verifying") && damaged.compareAndSet(false, true)) {
                    invert(folder.resolve("set/part03.skzimg"));
                }
            }
        });
        assertThat(result.verified().orElseThrow().items()).filteredOn(item -> item.verdict() == Verdict.DAMAGED)
                .singleElement().satisfies(item -> assertThat(item.file()).isEqualTo("part03.skzimg"));
        assertThat(folder.resolve("set/backup.manifest.json")).doesNotExist();
        assertThat(folder.resolve("set/part03.skzimg")).exists();
    }

    private static void invert(Path file) {
        try {
            byte[] content = Files.readAllBytes(file);
            change(file, content.length / 2, ~content[content.length / 2]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    @Test
    void whatARunWithOtherOptionsLeftIsTakenAway() throws Exception {
        Path disk = Fixtures.unpack("disk-gpt", folder);
        assertThatThrownBy(() -> engine.backup(request(disk, false, false), new JobMonitor() {
            @Override
            public boolean cancelled() {
                return Files.exists(folder.resolve("set/part02.skzimg"));
            }
        })).isInstanceOf(CancelledException.class);
        BackupRequest of = request(disk, true, false);
        BackupResult result = engine.backup(new BackupRequest(of.device(), of.diskNumber(), of.folder(), of.output(), of.source(),
                of.readErrors(), of.layout(), of.pipeline(), of.linearHashes(), new BackupRequest.Artefacts(true, false, 1 << 30)),
                JobMonitor.NONE);
        Set<String> named = new TreeSet<>(Set.of("backup.manifest.json"));
        result.manifest().pieces().forEach(piece -> named.add(piece.file()));
        result.manifest().partitions().forEach(partition -> named.add(partition.artefact().orElseThrow().file()));
        try (Stream<Path> files = Files.list(folder.resolve("set"))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(named);
        }
        assertThat(Files.mismatch(restore("back", OptionalInt.empty(), false), disk)).isEqualTo(-1);
    }

    @Test
    void damageIsFoundInEveryFileAndNothingIsRestoredOfIt() throws Exception {
        backUp(Fixtures.unpack("disk-gpt", folder));
        for (String file : List.of("disk-pt.bin", "disk-outside.bin", "part03.skzimg")) {
            Path path = folder.resolve("set").resolve(file);
            byte[] content = Files.readAllBytes(path);
            change(path, content.length / 2, content[content.length / 2] + 1);
            assertThat(verify().items()).anySatisfy(item -> {
                assertThat(item.file()).isEqualTo(file);
                assertThat(item.verdict()).isEqualTo(Verdict.DAMAGED);
            });
            assertThatThrownBy(() -> restore("back", OptionalInt.empty(), false)).as(file).isInstanceOf(ImageDamagedException.class);
            assertThat(folder.resolve("back")).doesNotExist();
            Files.write(path, content);
        }
        Files.delete(folder.resolve("set/part02.skzimg"));
        assertThat(verify().items()).anySatisfy(item -> assertThat(item.verdict()).isEqualTo(Verdict.MISSING));
    }

    @Test
    void anImageOfAnotherTimeIsNotTakenForTheOneInTheManifest() throws Exception {
        Path disk = Fixtures.unpack("disk-gpt", folder);
        backUp(disk);
        byte[] other = Files.readAllBytes(folder.resolve("set/part04.skzimg"));
        change(disk, 71680000 + 14000000, 1);
        engine.backup(request(disk, false, true), JobMonitor.NONE);
        Files.write(folder.resolve("set/part04.skzimg"), other);
        assertThat(verify().intact()).isFalse();
        assertThatThrownBy(() -> restore("back", OptionalInt.empty(), false)).isInstanceOf(ImageDamagedException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {100663296 + 50_000_000 / 512 * 512, 90_000_384})
    void onADiskOfAnotherLengthTheBackupOfTheTableIsAtItsEnd(long length) throws Exception {
        backUp(Fixtures.unpack("disk-gpt", folder));
        Path target = folder.resolve("other");
        try (RandomAccessFile file = new RandomAccessFile(target.toFile(), "rw")) {
            file.setLength(length);
            file.writeInt(1);
        }
        restore("other", OptionalInt.empty(), true);
        var table = engine.disk(target.toString()).table().orElseThrow();
        assertThat(table.warnings()).isEmpty();
        assertThat(table.copies().orElseThrow().primaryProblem()).isEmpty();
        assertThat(table.copies().orElseThrow().backupProblem()).isEmpty();
        assertThat(table.partitions()).hasSize(4);
    }

    @Test
    void aTargetWithoutRoomForThePartitionsIsLeftAsItIs() throws Exception {
        backUp(Fixtures.unpack("disk-gpt", folder));
        Path target = Files.write(folder.resolve("small"), new byte[80 << 20]);
        change(target, 510, 0x55);
        byte[] before = Files.readAllBytes(target);
        assertThatThrownBy(() -> restore("small", OptionalInt.empty(), true)).isInstanceOf(TargetException.class)
                .hasMessageContaining("stand in the way");
        assertThat(Files.readAllBytes(target)).isEqualTo(before);
    }

    @Test
    void whatABrokenRestoreLeavesDoesNotLookLikeADisk() throws Exception {
        Path disk = Fixtures.unpack("disk-gpt", folder);
        backUp(disk);
        Path target = Files.copy(disk, folder.resolve("target"));
        JobMonitor monitor = new JobMonitor() {
            private int asked;

            @Override
            public boolean cancelled() {
                return asked++ > 12;
            }
        };
        assertThatThrownBy(() -> engine.restoreSet(new RestoreSetRequest(folder.resolve("set").toString(), target.toString(),
                OptionalInt.empty(), false, true, false, PipelineOptions.DEFAULT), monitor)).isInstanceOf(CancelledException.class);
        assertThat(engine.disk(target.toString()).table()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"disk-overlap", "bad-disk-gpt-count", "bad-disk-gpt-protective-only"})
    void tablesThatCannotBeGoneByAreRefused(String name) throws Exception {
        Path disk = Fixtures.unpack(name, folder);
        assertThatThrownBy(() -> backUp(disk)).isInstanceOf(PartitionTableException.class);
        assertThat(folder.resolve("set")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bad-disk-mbr-ebr-nosig", "bad-disk-mbr-ebr-range", "bad-disk-mbr-loop", "bad-disk-mbr-past-end",
        "bad-disk-gpt-inverted"})
    void whatATableDoesNotTellOfIsKeptAllTheSame(String name) throws Exception {
        Path disk = Fixtures.unpack(name, folder);
        assertThat(backUp(disk).manifest().warnings()).isNotEmpty();
        assertThat(Files.mismatch(restore("back", OptionalInt.empty(), false), disk)).isEqualTo(-1);
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

    @Test
    void aFileSystemBehindABootRecordWithoutPartitionsIsTakenWhole() throws Exception {
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
        assertThat(engine.backup(request(disk, false, false), monitor).manifest().partitions()).isEmpty();
        assertThat(notices).anySatisfy(notice -> assertThat(notice).contains("has no partitions: only 17825792 bytes"));

        Volumes volumes = new Volumes(engine.allocators().all().stream().filter(Allocator::catchAll).findFirst().orElseThrow());
        engine.allocators().add(volumes, 1, () -> Origin.ofModule(volumes));
        BackupResult result = engine.backup(request(disk, false, true), JobMonitor.NONE);
        assertThat(result.manifest().partitions()).singleElement().satisfies(partition -> {
            assertThat(partition.index()).isZero();
            assertThat(partition.length()).isEqualTo(content.length);
        });
        assertThat(Files.mismatch(restore("back", OptionalInt.empty(), false), disk)).isEqualTo(-1);
    }

    @Test
    void onePartitionIsRestoredToAFileOrToItsPlace() throws Exception {
        Path disk = Fixtures.unpack("disk-mbr", folder);
        backUp(disk);
        assertThat(Files.size(restore("five", OptionalInt.of(5), false))).isEqualTo(8388608);
        Path target = Files.copy(disk, folder.resolve("target"));
        for (int at = 0; at < 100; at++) {
            change(target, 22020096 + at * 4096L, 7);
        }
        engine.restoreSet(new RestoreSetRequest(folder.resolve("set").toString(), target.toString(), OptionalInt.of(5), true, true,
                true, PipelineOptions.DEFAULT), JobMonitor.NONE);
        assertThat(Files.mismatch(target, disk)).isEqualTo(-1);
        assertThatThrownBy(() -> restore("x", OptionalInt.of(9), false)).isInstanceOf(ImageReadException.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsFreeOnADiskIsGivenBackAndNothingElse(boolean zeroFree) throws Exception {
        Path disk = Fixtures.unpack("disk-gpt", folder);
        backUp(disk);
        byte[] old = new byte[(int) Files.size(disk)];
        Arrays.fill(old, (byte) 0xa5);
        Path target = Files.write(folder.resolve("target"), old);
        List<String> notices = new ArrayList<>();
        RestoreSetResult result = engine.restoreSet(new RestoreSetRequest(folder.resolve("set").toString(), target.toString(),
                OptionalInt.empty(), zeroFree, true, true, true, PipelineOptions.DEFAULT), new JobMonitor() {
                    @Override
                    public void notice(String line) {
                        notices.add(line);
                    }
                });
        assertThat(result.bytesGivenBack()).isLessThan(old.length);
        if (result.bytesGivenBack() == 0) {
            assertThat(notices).as("why nothing is given back").filteredOn(line -> line.contains("is not given back")).isNotEmpty();
        }
        byte[] found = Files.readAllBytes(target);
        byte[] expected = Files.readAllBytes(disk);
        for (int at = 0; at < found.length; at++) {
            // free pieces that are too small to be given back keep what stood there; all else of this disk is as it was
            if (found[at] != expected[at] && (zeroFree || found[at] != old[at] || expected[at] != 0)) {
                throw new AssertionError("byte " + at + " is " + found[at] + ", " + expected[at] + " was on the disk");
            }
        }
    }
}
