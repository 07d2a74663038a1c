package org.imagingutility.engine.jobs;

import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PluginGoneException;
import org.imagingutility.api.error.PluginMissingException;
import org.imagingutility.api.job.JobState;

/**
 * How a job ended.
 *
 * @param state the state it is in now
 * @param reason why
 */
record JobOutcome(JobState state, String reason) {
    private static final JobOutcome STOPPED = new JobOutcome(JobState.INTERRUPTED, "the engine was stopped");

    /** Returns what an error means for the job; {@code stopping} says whether the engine stops. */
    static JobOutcome of(Throwable error, boolean stopping) {
        if (stopping && (error instanceof CancelledException || error instanceof PluginMissingException
                || error instanceof PluginGoneException)) {
            return STOPPED;
        }
        if (error instanceof CancelledException) {
            return new JobOutcome(JobState.CANCELLED, "");
        }
        if (error instanceof PluginGoneException) {
            return new JobOutcome(JobState.SUSPENDED, error.getMessage());
        }
        if (error instanceof ImagingException) {
            return new JobOutcome(JobState.FAILED, error.getMessage());
        }
        return new JobOutcome(JobState.FAILED, "internal error: " + error);
    }
}
