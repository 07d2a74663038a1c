package org.imagingutility.itests.allocations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.BackupRequest;
import org.imagingutility.api.job.ConvertRequest;
import org.imagingutility.api.job.DiskExportRequest;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImagingService;
import org.imagingutility.api.job.Job;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobRequest;
import org.imagingutility.api.job.JobService;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.RepairRequest;
import org.imagingutility.api.job.RestoreRequest;
import org.imagingutility.api.job.RestoreSetRequest;
import org.imagingutility.api.job.VerifyRequest;
import org.imagingutility.api.job.VerifySetRequest;

/**
 * Runs small jobs with one allocation failing: {@code AllocationMain DEVICE FOLDER STEP JOB...}. Prints a line for each job with
 * the number of its runs, and one that begins with {@code WRONG} for each run that ended otherwise than it may. Each run ends within
 * a minute, by the error of the API that says of the lack of memory, or does what it should; what has its name is whole; no file stays
 * open and no thread of a pipeline alive; and the same job does what it should when it is run again.
 */
public final class AllocationMain {
    private static final PipelineOptions ALONE = new PipelineOptions(1, 0, false);
    private static final Duration LONGEST_RUN = Duration.ofMinutes(1);
    private static final int HUNG = 3;
    private static final int MOST_WRONG = 20;

    private final ImagingService service = ServiceLoader.load(ImagingService.class).findFirst().orElseThrow();
    private final JobService jobs = ServiceLoader.load(JobService.class).findFirst().orElseThrow();
    private final Path device;
    private final Path folder;
    private final Path out;
    private final Path image;
    private final Path set;
    private Job<?> submitted;
    private long number;
    private int wrong;

    private AllocationMain(Path device, Path folder) {
        this.device = device;
        this.folder = folder;
        out = folder.resolve("out");
        image = folder.resolve("in.skzimg");
        set = folder.resolve("set");
    }

    /** A job. */
    enum Work {
        IMAGE, VERIFY, RESTORE, CONVERT, REPAIR, EXPORT_DISK, BACKUP, VERIFY_SET, RESTORE_SET, DISK, BACKGROUND
    }

    /** See above. */
    public static void main(String[] args) throws Exception {
        AllocationMain main = new AllocationMain(Path.of(args[0]), Path.of(args[1]));
        main.makeInputs();
        for (String work : List.of(args).subList(3, args.length)) {
            main.failEach(Work.valueOf(work), Long.parseLong(args[2]));
        }
        Runtime.getRuntime().halt(main.wrong == 0 ? 0 : 1);
    }

    private void makeInputs() throws Exception {
        service.image(image(image, false), JobMonitor.NONE);
        service.backup(backup(set, false), JobMonitor.NONE);
        for (Work work : Work.values()) {
            // classes are loaded and initialised
            empty(out);
            attempt(work, false).run();
        }
    }

    private void failEach(Work work, long step) throws Exception {
        int runs = 0;
        for (number = 1; ; number += step) {
            empty(out);
            Attempt attempt = attempt(work, false);
            Allocations.arm(number);
            Throwable thrown = watched(work, attempt);
            Optional<OutOfMemoryError> failed = Allocations.disarm();
            look(work, thrown, failed);
            if (failed.isEmpty()) {
                System.out.println(work + ": " + runs + " runs, up to allocation " + number);
                return;
            }
            runs++;
            if (wrong > MOST_WRONG) {
                System.out.println("too much is wrong");
                return;
            }
        }
    }

    private void look(Work work, Throwable thrown, Optional<OutOfMemoryError> failed) throws Exception {
        String what = work + " with allocation " + number + " failing" + failed.map(AllocationMain::place).orElse("");
        check(thrown == null || failed.isPresent(), what, thrown, "fails although nothing did");
        check(thrown == null || thrown instanceof ImagingException || failed.map(AllocationMain::isBeforeTheJob).orElse(false), what,
                thrown, "is no error of the API");
        check(thrown == null || causes(thrown).anyMatch(OutOfMemoryError.class::isInstance), what, thrown,
                "does not say of the lack of memory");
        check(thrown != null || isWhole(work), what, thrown, "ends well without a whole result");
        check(!Files.exists(result(work)) || isWhole(work), what, thrown, "leaves a result that is not whole");
        List<Path> left = failed.map(AllocationMain::isPublishing).orElse(false) ? List.of() : left(work);
        check(left.isEmpty(), what, thrown, "leaves " + left);
        check(openFiles().isEmpty(), what, thrown, "leaves open " + openFiles());
        check(pipelineThreads().isEmpty(), what, thrown, "leaves threads " + pipelineThreads());
        check(submitted == null || !submitted.status().state().isLive(), what, thrown, "has ended, and its job has not");
        Throwable again = watched(work, attempt(work, true));
        check(again == null && isWhole(work), what, again, "does not do it when it is run again");
    }

    private void check(boolean right, String what, Throwable thrown, String why) {
        if (!right) {
            wrong++;
            System.out.println("WRONG " + what + " " + why + (thrown == null ? "" : ": " + thrown));
            if (thrown != null) {
                thrown.printStackTrace(System.out);
            }
        }
    }

    /** Says whether the call itself finds no memory: then nothing has begun, and the virtual machine's own error says it all. */
    private static boolean isBeforeTheJob(OutOfMemoryError failed) {
        StackTraceElement place = failed.getStackTrace()[1];
        return place.getClassName().equals("org.imagingutility.engine.Engine")
                || place.getClassName().equals("org.imagingutility.engine.jobs.Jobs") && place.getMethodName().equals("submit");
    }

    /** Says whether what was made is whole by now and about to get its name: then it is kept, under the name it has. */
    private static boolean isPublishing(OutOfMemoryError failed) {
        return Stream.of(failed.getStackTrace()).map(StackTraceElement::getMethodName)
                .anyMatch(method -> method.equals("publish") || method.equals("complete"));
    }

    /** Where the allocation stands that failed. */
    private static String place(OutOfMemoryError failed) {
        return Stream.of(failed.getStackTrace()).skip(1).limit(4).map(StackTraceElement::toString)
                .collect(Collectors.joining(" < ", " (", ")"));
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .flatMap(cause -> Stream.concat(Stream.of(cause), Stream.of(cause.getSuppressed())));
    }

    /** Ends the process if the job does not come to its end: then something waits for what will not come. */
    private Throwable watched(Work work, Attempt attempt) throws Exception {
        Thread watch = new Thread(() -> {
            try {
                Thread.sleep(LONGEST_RUN.toMillis());
                System.out.println("WRONG " + work + " does not end");
                for (Map.Entry<Thread, StackTraceElement[]> each : Thread.getAllStackTraces().entrySet()) {
                    System.out.println(each.getKey() + " " + List.of(each.getValue()));
                }
                System.out.flush();
                Runtime.getRuntime().halt(HUNG);
            } catch (InterruptedException e) {
                return;
            }
        });
        watch.setDaemon(true);
        watch.start();
        try {
            attempt.run();
            return null;
        } catch (Throwable e) { // errors are what this is about
            return e;
        } finally {
            watch.interrupt();
            watch.join();
        }
    }

    /** One run of a job, its request made. */
    private interface Attempt {
        void run() throws Exception;
    }

    private Attempt attempt(Work work, boolean again) throws Exception {
        Files.createDirectories(out);
        String result = result(work).toString();
        return switch (work) {
            case IMAGE -> attempt(image(result(work), again), service::image);
            case BACKGROUND -> attempt(image(result(work), again), (request, monitor) -> background(request));
            case VERIFY -> attempt(new VerifyRequest(image.toString(), false, ALONE), service::verify);
            case RESTORE -> attempt(new RestoreRequest(image.toString(), result, false, again, true, ALONE), service::restore);
            case CONVERT -> attempt(new ConvertRequest(image.toString(), result, again, false, true, layout(), ALONE), service::convert);
            case REPAIR -> attempt(new RepairRequest(image.toString(), Optional.of(result), again, false, ALONE), service::repair);
            case EXPORT_DISK -> attempt(new DiskExportRequest(image.toString(), result, "qcow2", again, ALONE), service::exportDisk);
            case BACKUP -> attempt(backup(result(work), again), service::backup);
            case VERIFY_SET -> attempt(new VerifySetRequest(set.toString(), false, ALONE), service::verifySet);
            case RESTORE_SET -> attempt(new RestoreSetRequest(set.toString(), result, OptionalInt.empty(), false, again, true, ALONE),
                    service::restoreSet);
            case DISK -> () -> service.disk(device.toString());
        };
    }

    /** A call of the service. */
    private interface Call<T> {
        Object apply(T request, JobMonitor monitor) throws Exception;
    }

    private static <T> Attempt attempt(T request, Call<T> call) {
        return () -> call.apply(request, JobMonitor.NONE);
    }

    private Object background(JobRequest<?> request) throws Exception {
        submitted = null;
        submitted = jobs.submit(request, JobMonitor.NONE);
        return submitted.await();
    }

    /** Says whether what the job makes is as it should be; also if it makes nothing. */
    private boolean isWhole(Work work) throws Exception {
        Path result = result(work);
        return switch (work) {
            case IMAGE, BACKGROUND, CONVERT, REPAIR -> Files.exists(result)
                    && service.verify(new VerifyRequest(result.toString(), false, ALONE), JobMonitor.NONE).intact();
            case RESTORE, RESTORE_SET -> Files.exists(result) && Files.mismatch(device, result) == -1;
            case BACKUP -> !Files.exists(result.resolve("backup.manifest.json"))
                    || service.verifySet(new VerifySetRequest(result.toString(), false, ALONE), JobMonitor.NONE).intact();
            case EXPORT_DISK -> Files.exists(result) && Files.size(result) > 0;
            case VERIFY, VERIFY_SET, DISK -> true;
        };
    }

    /** Returns what lies beside the result. An unfinished image may; for all others an empty one, which counts as none. */
    private List<Path> left(Work work) throws IOException {
        boolean resumes = work == Work.IMAGE || work == Work.BACKGROUND;
        Path partial = out.resolve(result(work).getFileName() + ".partial");
        List<Path> left = new ArrayList<>();
        try (Stream<Path> files = Files.list(out)) {
            for (Path file : files.filter(each -> !each.equals(result(work))).toList()) {
                if (!file.equals(partial) || !resumes && Files.size(file) > 0) {
                    left.add(file.getFileName());
                }
            }
        }
        return left;
    }

    /** Returns the files of this run that are open. */
    private List<String> openFiles() throws IOException {
        List<String> open = new ArrayList<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                Path target = Files.isSymbolicLink(descriptor) ? Files.readSymbolicLink(descriptor) : descriptor;
                if (target.startsWith(out) && target.toString().contains("-" + number) || target.startsWith(set) || target.startsWith(image) || target.startsWith(device)) {
                    open.add(target.toString());
                }
            }
        }
        return open;
    }

    private static List<String> pipelineThreads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
                .filter(name -> name.matches("\\w+-(read|work)-\\d+|skz commit.*")).toList();
    }

    private Path result(Work work) {
        // another name each time: what one run leaves locked must not fail the next one
        return out.resolve((work == Work.BACKUP ? "set-" : "result-") + number);
    }

    private ImageRequest image(Path target, boolean again) {
        ImageRequest usual = ImageRequest.of(device.toString(), target.toString());
        boolean unfinished = again && Files.exists(target.resolveSibling(target.getFileName() + ".partial"));
        return new ImageRequest(usual.device(), usual.target(), new ImageRequest.Output(again && !unfinished, false, false,
                unfinished ? Optional.of(ImageRequest.ResumeCheck.QUICK) : Optional.empty(), Duration.ZERO), usual.source(),
                usual.readErrors(), layout(), ALONE, List.of());
    }

    private static ImageRequest.Layout layout() {
        ImageRequest.Layout usual = ImageRequest.of("d", "i").layout();
        return new ImageRequest.Layout(usual.format(), usual.codec(), usual.level(), OptionalInt.of(256 << 10), usual.chunkSize());
    }

    private BackupRequest backup(Path target, boolean again) {
        BackupRequest usual = BackupRequest.of(device.toString(), target.toString());
        boolean complete = Files.exists(target.resolve("backup.manifest.json"));
        return new BackupRequest(usual.device(), usual.diskNumber(), usual.folder(), new ImageRequest.Output(again && complete, false, false,
                again && !complete ? Optional.of(ImageRequest.ResumeCheck.QUICK) : Optional.empty(), Duration.ZERO), usual.source(),
                usual.readErrors(), layout(), ALONE, List.of(), usual.artefacts());
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
