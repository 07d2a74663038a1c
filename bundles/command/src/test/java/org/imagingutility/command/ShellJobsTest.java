package org.imagingutility.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobState;
import org.imagingutility.command.FakeJobs.FakeJob;
import org.imagingutility.command.config.Configuration;
import org.imagingutility.command.console.Console;
import org.imagingutility.command.console.ExitCodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ShellJobsTest {
    private final Configuration defaults = new Configuration(Optional.empty());
    private final FakeService service = new FakeService();
    private final FakeJobs jobs = new FakeJobs(service);
    private final List<String> shown = new ArrayList<>();
    private OptionalInt columns = OptionalInt.empty();
    private volatile String out = "";
    private volatile String err = "";

    @Test
    void aJobCommandRunsAsAJobAndShowsWhatItAlwaysShows() {
        assertThat(run("image", "--device", "d", "--out", "o")).isZero();
        assertThat(jobs.jobs).hasSize(1);
        assertThat(out).startsWith("Imaged \"d\" to \"o\"");
        assertThat(err).contains("a notice", "Working on it:");
        assertThat(shown).as("the shell need not tell of it").containsExactly("1");
        service.damages = List.of(FakeService.damage());
        assertThat(run("verify", "--in", "x")).isEqualTo(ExitCodes.DAMAGED);
        assertThat(jobs.jobs).hasSize(2);
    }

    @Test
    void theErrorOfAJobHasItsExitCode() {
        service.failure = new DeviceException("d", 512, "cannot be read", null, null);
        assertThat(run("image", "--device", "d", "--out", "o")).isEqualTo(ExitCodes.INPUT_OUTPUT);
        assertThat(err).contains("byte 512");
    }

    @Test
    void detachComesBackAtOnceWithTheNumberOfTheJob() {
        jobs.endAtOnce = false;
        assertThat(run("image", "--device", "d", "--out", "o", "--detach")).isZero();
        assertThat(out).isEqualTo("job 1" + System.lineSeparator());
        assertThat(jobs.jobs.get("1").state).isEqualTo(JobState.RUNNING);
        assertThat(shown).as("the shell is to tell when it ends").isEmpty();
        run("image", "--device", "d", "--out", "o", "--detach", "--progress", "json");
        assertThat(out).isEqualTo("{\"type\":\"result\",\"job\":\"2\"}\n");
    }

    @Test
    void everyJobCommandAndNoOtherCanBeDetachedAndOnlyInAShell() {
        CommandLineRunner inShell = CommandLineRunner.inShell(service, defaults, () -> jobs, id -> { });
        for (String name : inShell.names()) {
            boolean isJob = List.of("image", "verify", "restore", "repair", "convert", "backup-disk",
                    "verify-set", "restore-set", "restore-physical", "serve", "extract").contains(name) || name.startsWith("export-");
            run(name, "--help");
            assertThat(out.contains("--detach")).as(name).isEqualTo(isJob);
            assertThat(out).as(name).startsWith("Usage: " + name);
        }
        service.requests.clear();
        assertThat(runInProcess("image", "--device", "d", "--out", "o", "--detach")).isEqualTo(ExitCodes.USAGE);
        assertThat(service.requests).isEmpty();
    }

    @Test
    void aMarkerDoesNotGoWithDetach() {
        assertThat(run("verify", "--in", "x", "--markers", "--detach")).isEqualTo(ExitCodes.USAGE);
        assertThat(jobs.jobs).isEmpty();
    }

    @Test
    void cancellingTheCommandCancelsItsJobOnceAndSaysHowToContinue() {
        jobs.endAtOnce = false;
        assertThat(run(() -> !jobs.jobs.isEmpty(), "image", "--device", "d", "--out", "o")).isEqualTo(ExitCodes.CANCELLED);
        assertThat(jobs.jobs.get("1").cancels).isEqualTo(1);
        assertThat(err).contains("\"resume 1\" continues");
    }

    @Test
    void anInterruptOfTheCommandCancelsItsJob() throws Exception {
        jobs.endAtOnce = false;
        Thread command = new Thread(() -> run("image", "--device", "d", "--out", "o"));
        command.start();
        while (jobs.jobs().isEmpty()) {
            Thread.sleep(5);
        }
        command.interrupt();
        command.join();
        assertThat(jobs.jobs.get("1").state).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void controlsJobs() {
        FakeJob<?> job = running("d");
        assertThat(run("pause", "1")).isZero();
        assertThat(job.state).isEqualTo(JobState.PAUSED);
        assertThat(out).isEqualTo("job 1 (image d): PAUSED" + System.lineSeparator());
        run("resume", "1");
        assertThat(job.state).isEqualTo(JobState.RUNNING);
        assertThat(run("parallel", "1", "7")).isZero();
        assertThat(job.workers).isEqualTo(7);
        assertThat(run("parallel", "1", "257")).isEqualTo(ExitCodes.USAGE);
        assertThat(run("forget", "1")).isEqualTo(ExitCodes.USAGE);
        run("cancel", "1");
        assertThat(job.state).isEqualTo(JobState.CANCELLED);
        assertThat(run("forget", "1")).isZero();
        assertThat(jobs.jobs).isEmpty();
    }

    @Test
    void nothingIsDoneToAnyIfOneNumberIsWrong() {
        FakeJob<?> job = running("d");
        for (String command : List.of("pause", "cancel", "resume", "forget")) {
            assertThat(run(command, "1", "9")).isEqualTo(ExitCodes.USAGE);
            assertThat(err).contains("there is no job \"9\"", "\"jobs\" lists");
        }
        assertThat(job.state).isEqualTo(JobState.RUNNING);
    }

    @Test
    void listsJobsWithTheReasonOfTheirState() {
        assertThat(run("jobs")).isZero();
        assertThat(out).isEqualTo("no jobs" + System.lineSeparator());
        FakeJob<?> job = running("d\u001b[2J");
        job.state = JobState.WAITING;
        job.reason = "codec zstd";
        run("jobs");
        assertThat(out.lines()).containsExactly("ID  STATE    JOB           DONE     OF  WORKERS  REASON",
                " 1  WAITING  image d?[2J  25.0%  100 B        2  codec zstd");
        run("jobs", "--json");
        assertThat(out).isEqualTo("{\"jobs\":[{\"id\":\"1\",\"kind\":\"image\",\"subject\":\"d\\u001B[2J\",\"target\":\"o\","
                + "\"state\":\"WAITING\",\"reason\":\"codec zstd\",\"progress\":{\"activity\":\"Imaging\",\"doneBytes\":25,"
                + "\"totalBytes\":100},\"workers\":2,\"submitted\":\"1970-01-01T00:00:00Z\",\"ended\":null}]}\n");
    }

    @Test
    void aJobThatIsDoneShowsItsReport() {
        running("d").end();
        assertThat(run("job", "1")).isZero();
        assertThat(out).startsWith("Job 1: image d").contains("state           DONE", "Imaged \"d\" to \"o\"");
    }

    @Test
    void watchEndsWithTheJobsAndTheExitCodeOfTheFirstThatDidNotDoWell() {
        FakeJob<?> first = running("a");
        FakeJob<?> second = running("b");
        int[] looks = {0};
        int exitCode = run(() -> {
            looks[0]++;
            if (looks[0] == 2) {
                first.end();
            } else if (looks[0] == 4) {
                service.failure = new DeviceException("b", 0, "is gone", null, null);
                second.end();
            }
            return false;
        }, "watch");
        assertThat(looks[0]).isEqualTo(4);
        assertThat(exitCode).isEqualTo(ExitCodes.INPUT_OUTPUT);
        assertThat(err).contains("1 image a:  25.0%", "1 image a: DONE", "2 image b: FAILED");
        assertThat(run("watch")).isZero();
        assertThat(err).contains("no job is running");
    }

    @Test
    void cancellingTheWatchLeavesTheJobsAlone() {
        FakeJob<?> job = running("a");
        assertThat(run(() -> true, "watch", "1")).isEqualTo(ExitCodes.CANCELLED);
        assertThat(job.state).isEqualTo(JobState.RUNNING);
        assertThat(job.cancels).isZero();
    }

    @Test
    void watchDrawsOverItselfOnATerminal() {
        running("a");
        running("b");
        columns = OptionalInt.of(60);
        int[] looks = {0};
        run(() -> ++looks[0] > 2, "watch");
        assertThat(err.split("\u001b\\[2A", -1)).hasSize(3);
        assertThat(err.split("\r")).filteredOn(line -> line.contains("image")).hasSize(6)
                .allMatch(line -> line.indexOf('\u001b') <= 59);
    }

    @Test
    void aProcessOfItsOwnControlsTheJobsOfOthers() {
        FakeJob<?> job = running("d");
        assertThat(runInProcess("pause", "1")).isZero();
        assertThat(job.state).isEqualTo(JobState.PAUSED);
        assertThat(runInProcess("resume", "1")).isZero();
        assertThat(out).isEqualTo("job 1 (image d): RUNNING" + System.lineSeparator());
        assertThat(runInProcess("parallel", "1", "7")).isZero();
        assertThat(job.workers).isEqualTo(7);
        assertThat(runInProcess("cancel", "1")).isZero();
        assertThat(job.state).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void whatCannotBeControlledIsNoSuccess() {
        FakeJob<?> job = running("d");
        job.refusal = new UsageException("job 1 runs in process 7, which does not answer", "control it there");
        for (String command : List.of("pause", "resume", "cancel")) {
            assertThat(runInProcess(command, "1")).as(command).isEqualTo(ExitCodes.USAGE);
            assertThat(err).contains("in process 7, which does not answer", "remedy: control it there");
        }
    }

    @Test
    void aJobThatIsToldAndDoesNotObeyIsNoSuccess() {
        FakeJob<?> job = running("d");
        job.obeys = false;
        assertThat(run(() -> true, "pause", "1")).isEqualTo(ExitCodes.CANCELLED);
        assertThat(err).contains("job 1 was told, but has not come to a frame border so far");
    }

    @Test
    void theExitCodeOfAWatchedJobOfAnotherProcessFollowsFromItsState() {
        FakeJob<?> job = running("d");
        job.unknownHere = true;
        for (var end : List.of(Map.entry("DONE", 0), Map.entry("DONE damaged in 1 place", 4),
                Map.entry("DONE 512 bytes of the device could not be read", 7), Map.entry("CANCELLED", 130),
                Map.entry("INTERRUPTED its process ended", 130), Map.entry("SUSPENDED codec zstd", 5),
                Map.entry("FAILED is gone", 1))) {
            job.state = JobState.valueOf(end.getKey().split(" ")[0]);
            job.reason = end.getKey().replaceFirst("^[A-Z]+ ?", "");
            assertThat(runInProcess("watch", "1")).as(end.getKey()).isEqualTo(end.getValue());
        }
    }

    @Test
    void aProcessOfItsOwnResumesInTheForeground() {
        FakeJob<?> job = running("d");
        job.state = JobState.INTERRUPTED;
        CompletableFuture.runAsync(() -> {
            while (job.state != JobState.RUNNING) {
                Thread.onSpinWait();
            }
            job.end();
        });
        assertThat(runInProcess("resume", "1")).isZero();
        assertThat(out).startsWith("Imaged \"d\" to \"o\"");
    }

    @Test
    void withoutAJobServiceJobCommandsSaySo() {
        PrintStream stream = new PrintStream(new ByteArrayOutputStream());
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Console console = new Console(stream, new PrintStream(said, true, StandardCharsets.UTF_8), columns, false, false);
        assertThat(CommandLineRunner.inShell(service, defaults, () -> null, id -> { }).run(new String[] {"jobs"}, console, () -> false))
                .isEqualTo(ExitCodes.USAGE);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("there is no job service");
    }

    private FakeJob<?> running(String device) {
        jobs.endAtOnce = false;
        return (FakeJob<?>) jobs.submit(ImageRequest.of(device, "o"), JobMonitor.NONE);
    }

    private int run(String... args) {
        return run(() -> false, args);
    }

    private int run(BooleanSupplier cancelled, String... args) {
        return run(CommandLineRunner.inShell(service, defaults, () -> jobs, shown::add), cancelled, args);
    }

    private int runInProcess(String... args) {
        return run(CommandLineRunner.ofProcess(service, defaults, () -> jobs), () -> false, args);
    }

    private int run(CommandLineRunner runner, BooleanSupplier cancelled, String... args) {
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        Console console = new Console(new PrintStream(outBytes, true, StandardCharsets.UTF_8),
                new PrintStream(errBytes, true, StandardCharsets.UTF_8), columns, false, false);
        int exitCode = runner.run(args, console, cancelled);
        out = outBytes.toString(StandardCharsets.UTF_8);
        err = errBytes.toString(StandardCharsets.UTF_8);
        return exitCode;
    }
}
