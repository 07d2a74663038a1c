package org.imagingutility.command.jobs;

import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.Job;
import org.imagingutility.api.job.JobState;
import picocli.CommandLine.Command;

/** {@code resume ID} in a shell: comes back at once. */
@Command(name = "resume", sortOptions = false, customSynopsis = "imaging resume ID... [options]",
        description = {"Lets jobs continue.", "A paused one continues where it holds. One that was interrupted, suspended or cancelled, or "
                + "failed, is started again: an image from what it has written, other jobs from their beginning. watch shows how "
                + "it gets on."},
        descriptionHeading = "%n", optionListHeading = "%nOptions:%n")
public final class ResumeCommand extends JobControlCommand {
    @Override
    void control(Job<?> job) throws ImagingException {
        job.resume();
    }

    @Override
    boolean inEffect(JobState state) {
        return state != JobState.PAUSED;
    }
}
