package org.imagingutility.command.jobs;

import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.Job;
import org.imagingutility.api.job.JobState;
import picocli.CommandLine.Command;

/** {@code pause ID}. */
@Command(name = "pause", sortOptions = false, customSynopsis = "imaging pause ID... [options]",
        description = {"Makes jobs hold at the next frame border.", "Files and devices stay open. resume lets them continue."},
        descriptionHeading = "%n", optionListHeading = "%nOptions:%n")
public final class PauseCommand extends JobControlCommand {
    @Override
    void control(Job<?> job) throws ImagingException {
        job.pause();
    }

    @Override
    boolean inEffect(JobState state) {
        return state != JobState.RUNNING && state != JobState.WAITING;
    }
}
