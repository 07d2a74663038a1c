package org.imagingutility.command.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.Job;
import org.imagingutility.api.job.JobStatus;
import org.imagingutility.command.console.Console;
import org.imagingutility.command.console.ExitCodes;
import org.imagingutility.command.progress.JobBoard;
import org.imagingutility.command.progress.ProgressMode;
import org.imagingutility.command.root.ImagingCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code watch [ID...]}. */
@Command(name = "watch", sortOptions = false, customSynopsis = "imaging watch [ID...] [options]",
        description = {"Shows how jobs get on, until all of them have ended.", "Without ID those that run now. Ctrl+C ends "
                + "the watching and leaves the jobs alone. The exit code is that of the first job that did not do well, else 0."},
        descriptionHeading = "%n", optionListHeading = "%nOptions:%n")
public final class WatchCommand implements Callable<Integer> {
    private static final long POLL_MILLIS = 100;

    @ParentCommand
    private ImagingCommand imaging;

    @Parameters(paramLabel = "ID", arity = "0..*", description = "Numbers of jobs.")
    private List<String> ids = List.of();

    @Override
    public Integer call() throws ImagingException {
        List<Job<?>> jobs = new ArrayList<>();
        for (String id : ids.isEmpty() ? running() : ids) {
            jobs.add(imaging.jobs().job(id));
        }
        if (jobs.isEmpty()) {
            imaging.console().err().println("no job is running");
            return ExitCodes.DONE;
        }
        Console console = imaging.console();
        JobBoard board = imaging.progressMode() == ProgressMode.BAR
                ? JobBoard.onTerminal(console.err(), console.terminalColumns().orElse(80))
                : JobBoard.lines(console.err(), System::nanoTime);
        while (true) {
            List<JobStatus> stands = jobs.stream().<JobStatus>map(Job::status).toList();
            board.show(stands);
            if (stands.stream().noneMatch(job -> job.state().isLive())) {
                return exitCode(jobs);
            }
            if (imaging.cancelled() || !sleep()) {
                return ExitCodes.CANCELLED;
            }
        }
    }

    private List<String> running() throws ImagingException {
        return imaging.jobs().service().jobs().stream().filter(job -> job.state().isLive()).map(JobStatus::id).toList();
    }

    private int exitCode(List<Job<?>> jobs) {
        for (Job<?> job : jobs) {
            imaging.jobs().shows().accept(job.status().id());
            int exitCode = JobOutcome.exitCode(job);
            if (exitCode != ExitCodes.DONE) {
                return exitCode;
            }
        }
        return ExitCodes.DONE;
    }

    private static boolean sleep() {
        try {
            Thread.sleep(POLL_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
