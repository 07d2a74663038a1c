package org.imagingutility.command.jobs;

import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.Job;
import org.imagingutility.api.job.JobState;
import picocli.CommandLine.Command;

/** {@code cancel ID}. */
@Command(name = "cancel", sortOptions = false, customSynopsis = "imaging cancel ID... [options]",
        description = {"Stops jobs at the next frame border.", "In this process or another of the same user. What an image job has written is kept; resume continues from there."},
        descriptionHeading = "%n", optionListHeading = "%nOptions:%n")
public final class CancelCommand extends JobControlCommand {
    @Override
    void control(Job<?> job) throws ImagingException {
        imaging().jobs().shows().accept(job.status().id());
        job.requestCancel();
    }

    @Override
    boolean inEffect(JobState state) {
        return !state.isLive();
    }
}
