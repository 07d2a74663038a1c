package org.imagingutility.engine.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.imagingutility.api.backup.SetFormat;
import org.imagingutility.api.error.PluginGoneException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.BackupRequest;
import org.imagingutility.api.job.ConvertRequest;
import org.imagingutility.api.job.DiskExportRequest;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.RepairRequest;
import org.imagingutility.api.job.RestoreSetRequest;
import org.imagingutility.api.job.VerifySetRequest;
import org.imagingutility.api.job.VerifySetResult;
import org.imagingutility.engine.plugin.Origin;
import org.imagingutility.engine.plugin.PluginSet;
import org.imagingutility.fixtures.Fixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Jobs that start over, in whole or in part, when what they work with is replaced: what they make is the same. */
class WholeJobsSwapTest {
    private static final PipelineOptions TWO = new PipelineOptions(2, 0, true);
    /** At which parts of its way a job is disturbed, of so many. */
    private static final int PLACES = 2;

    @TempDir
    private Path folder;

    /** A job whose files can be compared. */
    enum Work {
        CONVERT("the conversion"), REPAIR("the repair"), REPAIR_IN_PLACE("the repair"), VHD("the export"), VHDX("the export"),
        QCOW2("the export"), RETRY_BAD("reading what the image lacks"), BACKUP("nothing"), VERIFY_SET("nothing"), RESTORE_SET("the restore");

        /** What is said to start over: nothing, where only a small part does. */
        private final String part;

        Work(String part) {
            this.part = part;
        }

        boolean isSet() {
            return this == BACKUP || this == VERIFY_SET || this == RESTORE_SET;
        }
    }

    static Stream<Arguments> disturbances() {
        return Stream.of(Work.values()).flatMap(work -> kinds(work).map(kind -> Arguments.of(work, kind)));
    }

    /** What that job works with. */
    private static Stream<String> kinds(Work work) {
        Stream<String> all = Stream.of("codec", "container format", "image store");
        return switch (work) {
            case CONVERT, REPAIR, REPAIR_IN_PLACE -> all;
            case RETRY_BAD -> Stream.concat(all, Stream.of("device provider"));
            case QCOW2 -> Stream.concat(all, Stream.of("virtual disk"));
            // the same job with another writer
            case VHD, VHDX -> Stream.of("image store");
            case BACKUP, RESTORE_SET -> Stream.concat(all, Stream.of("device provider", "set format", "partition table"));
            case VERIFY_SET -> Stream.concat(all, Stream.of("set format"));
        };
    }

    @ParameterizedTest(name = "{0} and {1}")
    @MethodSource("disturbances")
    void whatAJobMakesIsTheSameWhicheverKindIsReplacedWhile(Work work, String kind) throws Exception {
        SwapTrial trial = new SwapTrial(Files.createDirectories(folder.resolve("trial")));
        Source source = new Source(trial, work);
        int[] asked = {0};
        Map<String, String> quiet = run(trial, source, work, "quiet", new SwapMonitor(count -> asked[0] = count));
        for (int place = 1; place <= PLACES; place++) {
            int when = Math.max(1, asked[0] * place / (PLACES + 1));
            SwapMonitor monitor = new SwapMonitor(count -> {
                if (count == when) {
                    trial.swap(kind, 30);
                }
            });
            try {
                assertThat(run(trial, source, work, "swapped" + place, monitor)).isEqualTo(quiet);
                trial.settle();
            } catch (Exception | AssertionError e) {
                throw new AssertionError(work + " with " + kind + " replaced at question " + when + " of " + asked[0] + ": "
                        + monitor.notices() + monitor.states(), e);
            }
            List<String> told = monitor.notices().stream().filter(line -> line.contains("starts over")).toList();
            assertThat(told.size()).as(told.toString()).isLessThanOrEqualTo(1);
            assertThat(told).allMatch(line -> line.startsWith(work.part + " starts over: " + kind + " "));
            assertThat(monitor.states()).allMatch(state -> state.equals("RUNNING") || state.startsWith("WAITING " + kind + " "));
        }
    }

    @Test
    void whoeverReplacesAPartForEverMakesTheJobEndAndLeavesNoHalfFile() throws Exception {
        SwapTrial trial = new SwapTrial(Files.createDirectories(folder.resolve("trial")));
        Source source = new Source(trial, Work.VHD);
        SwapMonitor monitor = new SwapMonitor(count -> {
            if (count % 5 == 0) {
                trial.swapHere("container format");
            }
        });
        assertThatThrownBy(() -> run(trial, source, Work.VHD, "never", monitor)).isInstanceOf(PluginGoneException.class)
                .hasMessageContaining("the export was started 20 times");
        assertThat(monitor.notices()).filteredOn("the export starts over: container format skz was replaced"::equals).hasSize(19);
        trial.settle();
        try (Stream<Path> left = Files.list(folder.resolve("never"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "files are told apart by their inodes")
    void partitionsThatAreFinishedStayWhenAPlugInOfABackupLeaves() throws Exception {
        SwapTrial trial = new SwapTrial(Files.createDirectories(folder.resolve("trial")));
        Source source = new Source(trial, Work.BACKUP);
        Path set = folder.resolve("set");
        Object[] first = {null};
        SwapMonitor monitor = new SwapMonitor(count -> {
            if (first[0] == null && Files.exists(set.resolve("part02.skzimg"))) {
                first[0] = key(set.resolve("part01.skzimg"));
                trial.swapHere("device provider");
                trial.swapHere("image store");
                trial.swapHere("container format");
            }
        });
        trial.engine.backup(source.backup(set), monitor);
        assertThat(first[0]).isNotNull().isEqualTo(key(set.resolve("part01.skzimg")));
        assertThat(verify(trial, set, JobMonitor.NONE).intact()).isTrue();
    }

    @Test
    void theManifestIsWrittenWhenItsFormatIsThereAgain() throws Exception {
        SwapTrial trial = new SwapTrial(Files.createDirectories(folder.resolve("trial")));
        Source source = new Source(trial, Work.BACKUP);
        Path set = folder.resolve("set");
        PluginSet<SetFormat> formats = trial.engine.installed().setFormats();
        List<SetFormat> away = new ArrayList<>();
        SwapMonitor monitor = new SwapMonitor(count -> {
            if (away.isEmpty() && Files.exists(set.resolve("part01.skzimg"))) {
                away.addAll(formats.all());
                away.forEach(formats::remove);
            }
        }, state -> {
            if (state.startsWith("WAITING set format ")) {
                assertThat(set.resolve("part03.skzimg")).exists();
                away.forEach(format -> formats.add(format, 0, () -> Origin.ofModule(format)));
            }
        });
        trial.engine.backup(source.backup(set), monitor);
        assertThat(monitor.states()).containsSubsequence("WAITING set format " + away.get(0).name(), "RUNNING");
        assertThat(verify(trial, set, JobMonitor.NONE).intact()).isTrue();
    }

    @Test
    void aBackupThatFindsNoSetFormatAtFirstDoesNotWaitForOne() throws Exception {
        SwapTrial trial = new SwapTrial(Files.createDirectories(folder.resolve("trial")));
        Source source = new Source(trial, Work.BACKUP);
        trial.engine.installed().setFormats().all().forEach(trial.engine.installed().setFormats()::remove);
        assertThatThrownBy(() -> trial.engine.backup(source.backup(folder.resolve("set")), JobMonitor.NONE))
                .isInstanceOf(UsageException.class).hasMessageContaining("manifests of backup sets");
        assertThat(folder.resolve("set")).doesNotExist();
    }

    private static Object key(Path file) {
        try {
            return List.of(Files.readAttributes(file, "unix:ino,lastModifiedTime"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What the jobs work on. */
    private final class Source {
        private final Path image;
        /** An image that lacks some sectors of a device that can be read now. */
        private final Path lacking;
        private final Path disk;
        private final Path set;

        Source(SwapTrial trial, Work work) throws Exception {
            image = folder.resolve("source.skzimg");
            disk = work.isSet() ? Fixtures.unpack("disk-gpt", folder) : null;
            set = folder.resolve("source");
            if (work.isSet()) {
                trial.engine.backup(backup(set), JobMonitor.NONE);
            } else {
                trial.engine.image(trial.request(image), JobMonitor.NONE);
            }
            lacking = folder.resolve("lacking.skzimg");
            if (work == Work.RETRY_BAD) {
                Path map = Files.writeString(folder.resolve("map"), "0x0 +\n0x0 0x300000 +\n0x300000 0x400 -\n0x300400 0x"
                        + Integer.toHexString(SwapTrial.LENGTH - 0x300400) + " +\n");
                ImageRequest of = trial.request(lacking);
                trial.engine.image(new ImageRequest(of.device(), of.target(), of.output(), of.source(),
                        new ImageRequest.ReadErrors(true, 0, Duration.ZERO, Optional.of(map.toString()), false), of.layout(),
                        of.pipeline(), of.linearHashes()), JobMonitor.NONE);
            }
        }

        BackupRequest backup(Path into) {
            BackupRequest of = BackupRequest.of(disk.toString(), into.toString());
            return new BackupRequest(of.device(), of.diskNumber(), of.folder(), of.output(), of.source(), of.readErrors(),
                    new ImageRequest.Layout("skz", Optional.empty(), OptionalInt.empty(), OptionalInt.of(SwapTrial.FRAME),
                            OptionalLong.of(16 * SwapTrial.FRAME)), TWO, of.linearHashes(), of.artefacts());
        }
    }

    /** Runs a job that writes into a folder of its own, and returns what it made: names with digests, and the result. */
    private Map<String, String> run(SwapTrial trial, Source source, Work work, String name, JobMonitor monitor) throws Exception {
        Path into = Files.createDirectories(folder.resolve(name));
        String target = into.resolve("made").toString();
        String result = switch (work) {
            case CONVERT -> {
                var made = trial.engine.convert(new ConvertRequest(source.image.toString(), target, false, false, true,
                        new ImageRequest.Layout("skz", Optional.empty(), OptionalInt.of(5), OptionalInt.empty(),
                                OptionalLong.empty()), TWO), monitor);
                // when it was converted and finished stands in the image, so that only its content can be the same
                Files.delete(Path.of(target));
                yield made.image().digests().content() + " " + made.verified().orElseThrow().intact();
            }
            case REPAIR -> {
                damage(Files.copy(source.image, into.resolve("damaged")));
                var made = trial.engine.repair(new RepairRequest(into.resolve("damaged").toString(), Optional.of(target), false,
                        false, TWO), monitor);
                Files.delete(Path.of(target));
                yield made.damages().size() + " " + made.lost() + " " + made.written().orElseThrow().digests().content();
            }
            case REPAIR_IN_PLACE -> {
                Path damaged = Files.copy(source.image, into.resolve("damaged"));
                damageTail(damaged);
                var made = trial.engine.repair(new RepairRequest(damaged.toString(), Optional.empty(), false, true, TWO), monitor);
                yield made.lost() + " " + made.damagesLeft();
            }
            case RETRY_BAD -> {
                Files.copy(source.lacking, Path.of(target));
                ImageRequest of = trial.resumed(Path.of(target));
                var made = trial.engine.image(new ImageRequest(of.device(), of.target(), of.output(), of.source(),
                        new ImageRequest.ReadErrors(true, 0, Duration.ZERO, Optional.empty(), true), of.layout(), of.pipeline(),
                        of.linearHashes()), monitor);
                yield made.unreadable() + " " + made.image().digests().content();
            }
            case VHD, VHDX, QCOW2 -> Long.toString(trial.engine.exportDisk(new DiskExportRequest(source.image.toString(), target,
                    work.name().toLowerCase(java.util.Locale.ROOT), false, TWO), monitor).diskLength());
            case BACKUP -> {
                trial.engine.backup(source.backup(into), monitor);
                Files.delete(into.resolve("backup.manifest.json"));
                yield "";
            }
            case VERIFY_SET -> verify(trial, source.set, monitor).items().stream()
                    .map(item -> item.file() + " " + item.verdict() + " " + item.detail()).toList().toString();
            case RESTORE_SET -> trial.engine.restoreSet(new RestoreSetRequest(source.set.toString(), target, OptionalInt.empty(),
                    false, false, true, TWO), monitor).partitions().toString();
        };
        Map<String, String> made = new TreeMap<>(Map.of("", result));
        try (Stream<Path> files = Files.list(into)) {
            for (Path file : files.toList()) {
                made.put(file.getFileName().toString(), Fixtures.sha256(file));
            }
        }
        return made;
    }

    private static VerifySetResult verify(SwapTrial trial, Path set, JobMonitor monitor) throws Exception {
        return trial.engine.verifySet(new VerifySetRequest(set.toString(), false, TWO), monitor);
    }

    private static void damage(Path file) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            change(open, open.length() / 3);
        }
    }

    /** Damages what can be made again. */
    private static void damageTail(Path file) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            change(open, open.length() - 20);
        }
    }

    private static void change(RandomAccessFile file, long offset) throws IOException {
        file.seek(offset);
        int old = file.read();
        file.seek(offset);
        file.write(old ^ 0x5a);
    }
}
