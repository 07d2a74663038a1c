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
import org.imagingutility.command.text.ProgramName;
import org.imagingutility.command.root.ImagingCommand;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** What the commands that change jobs share: they take several, and say how each stands then. */
abstract class JobControlCommand implements Callable<Integer> {
    /** Control takes effect at the next frame border: within this time, unless a device or a target hangs. */
    private static final long EFFECT_SECONDS = 30;
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
        int exitCode = ExitCodes.DONE;
        for (String id : ids) {
            Job<?> job = imaging.jobs().job(id);
            control(job);
            boolean inEffect = await(job, this::inEffect);
            imaging.console().out().println(JobReports.line(job.status()));
            if (!inEffect) {
                imaging.console().err().println(ProgramName.ofProcess() + ": job " + id + " was told, but has not come to a frame "
                        + "border " + (imaging.cancelled() ? "so far" : "within " + EFFECT_SECONDS + " seconds: its device or target "
                        + "may hang"));
                exitCode = imaging.cancelled() ? ExitCodes.CANCELLED : ExitCodes.INPUT_OUTPUT;
            }
        }
        return exitCode;
    }

    /** Waits until it is in effect; false if that takes too long, or the user does not want to wait. */
    private boolean await(Job<?> job, Predicate<JobState> wanted) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(EFFECT_SECONDS);
        while (!wanted.test(job.status().state())) {
            if (System.nanoTime() - deadline >= 0 || imaging.cancelled()) {
                return false;
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}
