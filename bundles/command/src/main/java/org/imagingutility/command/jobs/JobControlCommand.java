package org.imagingutility.command.jobs;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.Job;
import org.imagingutility.api.job.JobState;
import org.imagingutility.command.console.ExitCodes;
import org.imagingutility.command.report.JobReports;
import org.imagingutility.command.root.ImagingCommand;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** What the commands that change jobs share: they take several, and say how each stands then. */
abstract class JobControlCommand implements Callable<Integer> {
    /** Control takes effect at the next frame border: as a rule within this time. */
    private static final long EFFECT_MILLIS = 5000;
    private static final long POLL_MILLIS = 20;

    @ParentCommand
    private ImagingCommand imaging;

    @Parameters(paramLabel = "ID", arity = "1..*", description = "Numbers of jobs.")
    private List<String> ids = List.of();

    ImagingCommand imaging() {
        return imaging;
    }

    /** Does it to one job. */
    abstract void control(Job<?> job) throws ImagingException;

    /** Says whether it took effect. */
    abstract boolean inEffect(JobState state);

    @Override
    public Integer call() throws ImagingException {
        for (String id : ids) {
            imaging.jobs().job(id); // nothing is done if one of them is misspelt
        }
        for (String id : ids) {
            Job<?> job = imaging.jobs().job(id);
            control(job);
            await(job, this::inEffect);
            imaging.console().out().println(JobReports.line(job.status()));
        }
        return ExitCodes.DONE;
    }

    private void await(Job<?> job, Predicate<JobState> wanted) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(EFFECT_MILLIS);
        while (!wanted.test(job.status().state()) && System.nanoTime() < deadline && !imaging.cancelled()) {
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
