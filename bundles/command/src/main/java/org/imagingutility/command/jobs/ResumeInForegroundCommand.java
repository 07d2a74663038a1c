package org.imagingutility.command.jobs;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.Job;
import org.imagingutility.api.job.JobStatus;
import org.imagingutility.command.console.ExitCodes;
import org.imagingutility.command.report.JobReports;
import org.imagingutility.command.root.ImagingCommand;
import org.imagingutility.command.root.JobDisplay;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code imaging resume ID} in a process of its own: the job runs in the foreground; a paused one of another process continues there. */
@Command(name = "resume", sortOptions = false, customSynopsis = "imaging resume ID [options]",
        description = {"Resumes a job that was paused, interrupted, suspended or cancelled, or failed.",
            "A paused one continues in its process. Else it runs in this one: an image from what it has written, other jobs from their beginning. \"jobs\" lists them."},
        descriptionHeading = "%n", optionListHeading = "%nOptions:%n")
public final class ResumeInForegroundCommand implements Callable<Integer> {
    private static final long POLL_MILLIS = 100;

    @ParentCommand
    private ImagingCommand imaging;

    @Parameters(paramLabel = "ID", description = "Number of the job.")
    private String id;

    @Override
    public Integer call() throws ImagingException {
        Job<?> job = imaging.jobs().job(id);
        boolean elsewhere = job.status().state().isLive();
        job.resume();
        if (elsewhere) {
            imaging.console().out().println(JobReports.line(job.status()));
            return ExitCodes.DONE;
        }
        try (JobDisplay run = imaging.beginJob()) {
            follow(job, run);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            job.cancel();
        }
        Optional<JobOutcome> outcome = JobOutcome.of(job);
        if (outcome.isEmpty()) {
            return ExitCodes.CANCELLED;
        }
        if (outcome.get().error().isPresent()) {
            throw outcome.get().error().get();
        }
        outcome.get().print(imaging);
        return outcome.get().exitCode();
    }

    private static void follow(Job<?> job, JobDisplay run) throws InterruptedException {
        boolean cancelled = false;
        for (JobStatus status = job.status(); status.state().isLive(); status = job.status()) {
            status.progress().ifPresent(run::progress);
            run.state(status.state(), status.reason());
            if (!cancelled && run.cancelled()) {
                cancelled = true;
                job.cancel();
            }
            Thread.sleep(POLL_MILLIS);
        }
    }
}
