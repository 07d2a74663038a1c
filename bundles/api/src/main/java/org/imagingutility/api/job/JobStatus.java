package org.imagingutility.api.job;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A job as it is seen from outside at one moment.
 *
 * @param id names the job among those of its data folder: a number, counted from 1
 * @param request what it is to do
 * @param state where it stands
 * @param reason why it is in that state, in a few words ({@code codec zstd}, the message of an error); empty if there is
 *        nothing to say
 * @param progress how far it is, once it has said so
 * @param workers worker threads it may use, 0 while it has none
 * @param submitted when it was submitted
 * @param ended when it stopped to work, if it did
 */
public record JobStatus(String id, JobRequest<?> request, JobState state, String reason, Optional<Progress> progress,
        int workers, Instant submitted, Optional<Instant> ended) {

    /** Checks that nothing is null. */
    public JobStatus {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(progress, "progress");
        Objects.requireNonNull(submitted, "submitted");
        Objects.requireNonNull(ended, "ended");
    }
}
