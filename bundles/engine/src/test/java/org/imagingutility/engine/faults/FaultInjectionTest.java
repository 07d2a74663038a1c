package org.imagingutility.engine.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.BackupRequest;
import org.imagingutility.api.job.ConvertRequest;
import org.imagingutility.api.job.DiskExportRequest;
import org.imagingutility.api.job.ExportRequest;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.RepairRequest;
import org.imagingutility.api.job.RestoreRequest;
import org.imagingutility.api.job.RestoreSetRequest;
import org.imagingutility.api.job.VerifyRequest;
import org.imagingutility.api.job.VerifySetRequest;
import org.imagingutility.engine.TestEngine;
import org.imagingutility.engine.faults.FaultInjector.Fault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each small job with its first call failing, then its second, and so on, until it has no more. Whatever fails: the job ends by an
 * error of the API or does what it should; what has its name is whole; nothing but what can be resumed is left; all that was opened
 * is closed; and the same job does what it should when it is run again.
 */
class FaultInjectionTest {
    private static final int LENGTH = 1 << 20;
    private static final int SECTOR = 512;
    private static final PipelineOptions ALONE = new PipelineOptions(1, 0, false);
    /** Far more than any of these jobs has calls. */
    private static final int MOST_CALLS = 5000;

    /** Every call fails by an error but for those of a backup, one in so many; one in so many for want of memory; each by the property. */
    private static final int BACKUP_ONE_IN = Boolean.getBoolean("faults.all") ? 1 : 4;
    private static final int MEMORY_ONE_IN = Boolean.getBoolean("faults.all") ? 1 : 6;

    @TempDir
    private Path folder;
    private final FaultInjector injector = new FaultInjector();
    private final TestEngine engine = new TestEngine();
    private final TestEngine sound = new TestEngine();
    private Path device;
    private Path image;
    private Path set;
    private Path out;

    /** A job, what it makes, and how that is looked at. */
    enum Work {
        IMAGE, IMAGE_VERIFIED, VERIFY, RESTORE, EXPORT, EXPORT_DISK, CONVERT, REPAIR, BACKUP, VERIFY_SET, RESTORE_SET, INFO, BAD_MAP
    }

    @BeforeEach
    void makeInputs() throws Exception {
        device = Files.write(folder.resolve("device.raw"), content());
        image = folder.resolve("in.skzimg");
        sound.image(request(image, false, false), JobMonitor.NONE);
        set = folder.resolve("set");
        sound.backup(backup(set, false), JobMonitor.NONE);
        out = folder.resolve("out");
        injector.install(engine);
    }

    @ParameterizedTest
    @EnumSource(Work.class)
    void noErrorOfAFileOrDeviceIsLostOrLeavesHalfOfAnything(Work work) throws Exception {
        // a backup has more calls than all others together, most of them the same for each of its images
        failCalls(work, Fault.ERROR, 1, work == Work.BACKUP ? BACKUP_ONE_IN : 1);
    }

    @ParameterizedTest
    @EnumSource(Work.class)
    void noLackOfMemoryIsLostOrLeavesHalfOfAnything(Work work) throws Exception {
        failCalls(work, Fault.OUT_OF_MEMORY, 1 + work.ordinal() % MEMORY_ONE_IN, MEMORY_ONE_IN);
    }

    private void failCalls(Work work, Fault fault, int first, int step) throws Exception {
        for (int call = first; call < MOST_CALLS; call += step) {
            empty(out);
            injector.arm(call, fault);
            Throwable thrown = run(work, false);
            injector.disarm();
            if (injector.failed().isEmpty()) {
                assertThat(thrown).as("%s without a fault", work).isNull();
                assertThat(call).as("calls of %s", work).isGreaterThan(3);
                return;
            }
            String what = work + " with call " + call + " failing, " + injector.failed().get();
            if (thrown != null) {
                assertThat(thrown).as(what).isInstanceOf(ImagingException.class);
            }
            assertThat(injector.open()).as("open after " + what).isZero();
            boolean cleaningFailed = injector.failed().get().endsWith("discard") || injector.failed().get().endsWith("close");
            look(work, thrown, what, cleaningFailed);
            Throwable again = run(work, true);
            assertThat(again).as("once more after " + what).isNull();
            look(work, null, "once more after " + what, false);
        }
        throw new AssertionError(work + " makes more than " + MOST_CALLS + " calls");
    }

    /** Runs the job; what there is of it from before is resumed where jobs can be, else replaced. */
    private Throwable run(Work work, boolean again) {
        try {
            Files.createDirectories(out);
            switch (work) {
                case IMAGE -> engine.image(request(result(work), again, false), JobMonitor.NONE);
                case IMAGE_VERIFIED -> engine.image(request(result(work), again, true), JobMonitor.NONE);
                case VERIFY -> reported(engine.verify(new VerifyRequest(image.toString(), false, ALONE), JobMonitor.NONE).intact());
                case RESTORE -> engine.restore(new RestoreRequest(image.toString(), result(work).toString(), false, again, true, ALONE),
                        JobMonitor.NONE);
                case EXPORT -> engine.export(new ExportRequest(image.toString(), result(work).toString(), 0, LENGTH, again, ALONE),
                        JobMonitor.NONE);
                case EXPORT_DISK -> engine.exportDisk(new DiskExportRequest(image.toString(), result(work).toString(), "vhd-fixed", again,
                        ALONE), JobMonitor.NONE);
                case CONVERT -> engine.convert(new ConvertRequest(image.toString(), result(work).toString(), again, false, true,
                        layout(), ALONE), JobMonitor.NONE);
                case REPAIR -> reported(engine.repair(new RepairRequest(image.toString(), Optional.of(result(work).toString()), again,
                        false, ALONE), JobMonitor.NONE).lost().count() == 0);
                case BACKUP -> engine.backup(backup(result(work), again), JobMonitor.NONE);
                case VERIFY_SET -> reported(engine.verifySet(new VerifySetRequest(set.toString(), false, ALONE), JobMonitor.NONE).intact());
                case RESTORE_SET -> engine.restoreSet(new RestoreSetRequest(set.toString(), result(work).toString(), OptionalInt.empty(),
                        false, again, true, ALONE), JobMonitor.NONE);
                case BAD_MAP -> {
                    if (again) {
                        Files.deleteIfExists(result(work)); // it has no --force
                    }
                    engine.writeBadMap(image.toString(), result(work).toString());
                }
                case INFO -> assertThat(engine.info(image.toString()).spec().deviceLength()).isEqualTo(LENGTH);
            }
            return null;
        } catch (Throwable e) { // errors are what this is about
            return e;
        }
    }

    /** What could not be read counts as damage to some jobs: their result says so, and the exit code. */
    private static void reported(boolean sound) throws ImagingException {
        if (!sound) {
            throw new ImageDamagedException("result", -1, "says of damage", null);
        }
    }

    private void look(Work work, Throwable thrown, String what, boolean cleaningFailed) throws Exception {
        Path result = result(work);
        boolean whole = work == Work.BACKUP ? Files.exists(result.resolve("backup.manifest.json")) : Files.exists(result);
        if (thrown == null && makes(work)) {
            assertThat(whole).as("the result of " + what).isTrue();
        }
        if (whole) {
            lookAtResult(work, result, what, thrown == null || work != Work.REPAIR);
        }
        if (work != Work.BACKUP && !cleaningFailed) {
            String partial = result.getFileName() + ".partial";
            try (Stream<Path> left = Files.list(out)) {
                assertThat(left.filter(file -> !file.equals(result))
                        .filter(file -> !((work == Work.IMAGE || work == Work.IMAGE_VERIFIED) && file.getFileName().toString().equals(partial))))
                        .as("left by " + what).isEmpty();
            }
        }
    }

    private void lookAtResult(Work work, Path result, String what, boolean complete) throws Exception {
        switch (work) {
            case IMAGE, IMAGE_VERIFIED, CONVERT, REPAIR -> {
                assertThat(sound.verify(new VerifyRequest(result.toString(), false, ALONE), JobMonitor.NONE).intact()).as(what).isTrue();
                Path back = folder.resolve("back.raw");
                sound.restore(new RestoreRequest(result.toString(), back.toString(), false, true, false, ALONE), JobMonitor.NONE);
                if (complete) {
                    assertThat(Files.mismatch(device, back)).as(what).isEqualTo(-1);
                }
            }
            case RESTORE, EXPORT, RESTORE_SET -> assertThat(Files.mismatch(device, result)).as(what).isEqualTo(-1);
            case EXPORT_DISK -> assertThat(Files.mismatch(device, result)).as("the footer follows what it is of, " + what).isEqualTo(LENGTH);
            case BACKUP -> {
                Path back = folder.resolve("back.raw");
                sound.restoreSet(new RestoreSetRequest(result.toString(), back.toString(), OptionalInt.empty(), false, true, false, ALONE),
                        JobMonitor.NONE);
                assertThat(Files.mismatch(device, back)).as(what).isEqualTo(-1);
            }
            case BAD_MAP -> assertThat(result).as(what).content().endsWith(String.format("0x%08X  +\n", LENGTH));
            case VERIFY, VERIFY_SET, INFO -> { }
        }
    }

    private static boolean makes(Work work) {
        return work != Work.VERIFY && work != Work.VERIFY_SET && work != Work.INFO;
    }

    private Path result(Work work) {
        return out.resolve(work == Work.BACKUP ? "set" : "result.file");
    }

    private ImageRequest request(Path target, boolean again, boolean verify) {
        ImageRequest usual = TestEngine.request(device, target, true, 1);
        boolean unfinished = again && Files.exists(target.resolveSibling(target.getFileName() + ".partial"));
        return new ImageRequest(usual.device(), usual.target(), new ImageRequest.Output(again && !unfinished, false, verify,
                unfinished ? Optional.of(ImageRequest.ResumeCheck.QUICK) : Optional.empty(), Duration.ZERO), usual.source(),
                new ImageRequest.ReadErrors(false, 0, Duration.ZERO, Optional.empty(), false), layout(), ALONE, List.of());
    }

    private static ImageRequest.Layout layout() {
        return TestEngine.request(Path.of("d"), Path.of("i"), true, 1).layout();
    }

    private BackupRequest backup(Path target, boolean again) {
        BackupRequest usual = BackupRequest.of(device.toString(), target.toString());
        boolean complete = Files.exists(target.resolve("backup.manifest.json"));
        return new BackupRequest(usual.device(), usual.diskNumber(), usual.folder(), new ImageRequest.Output(again && complete, false, false,
                again && !complete ? Optional.of(ImageRequest.ResumeCheck.QUICK) : Optional.empty(), Duration.ZERO), usual.source(),
                new ImageRequest.ReadErrors(false, 0, Duration.ZERO, Optional.empty(), false), layout(), ALONE, List.of(), usual.artefacts());
    }

    /** A disk with one partition of random bytes and zeros, and random bytes in front of it. */
    private static byte[] content() {
        byte[] disk = new byte[LENGTH];
        new Random(1).nextBytes(disk);
        java.util.Arrays.fill(disk, LENGTH / 2, LENGTH / 2 + LENGTH / 8, (byte) 0);
        java.util.Arrays.fill(disk, 0, SECTOR, (byte) 0);
        int entry = 446;
        disk[entry + 4] = (byte) 0x83;
        disk[entry + 9] = 1; // from sector 256 on
        int sectors = LENGTH / SECTOR - 256;
        disk[entry + 12] = (byte) sectors;
        disk[entry + 13] = (byte) (sectors >>> 8);
        disk[510] = 0x55;
        disk[511] = (byte) 0xAA;
        return disk;
    }

    private static void empty(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
