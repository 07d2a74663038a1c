package org.imagingutility.engine.jobs;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.imagingutility.api.job.JobRequest;
import org.imagingutility.api.job.JobState;
import org.imagingutility.api.job.JobStatus;
import org.imagingutility.api.job.Progress;

/**
 * What is kept of a job on disk.
 *
 * @param version version of this record's form
 * @param id number of the job
 * @param request what it is to do
 * @param state where it stood when this was written
 * @param reason why
 * @param begun whether it has done a part of its work, so that it may have written something
 * @param progress how far it was when this was written
 * @param submitted when it was submitted
 * @param ended when it stopped to work, if it did
 * @param folder the working folder that relative names in the request are meant in
 * @param owner the {@link Owner} it belongs to while it is live, the last one after that
 * @param process number of the owner's process, for messages
 */
record JobRecord(int version, long id, JobRequest<?> request, JobState state, String reason, boolean begun,
        Optional<Progress> progress, Instant submitted, Optional<Instant> ended, String folder, String owner,
        long process) {
    static final int VERSION = 1;

    JobRecord {
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(progress, "progress");
        Objects.requireNonNull(submitted, "submitted");
        Objects.requireNonNull(ended, "ended");
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(owner, "owner");
        if (version != VERSION) {
            throw new IllegalArgumentException("its form is version " + version + ", this version knows " + VERSION);
        }
    }

    static JobRecord submitted(long id, JobRequest<?> request, Owner owner) {
        return new JobRecord(VERSION, id, request, JobState.RUNNING, "", false, Optional.empty(), Instant.now(),
                Optional.empty(), RelativeNames.folderOfThisProcess(), owner.name(), ProcessHandle.current().pid());
    }

    /** Returns it in another state; {@code ended} is now if that is one it does not work in. */
    JobRecord in(JobState newState, String newReason, Optional<Progress> newProgress) {
        return new JobRecord(version, id, request, newState, newReason, begun || newProgress.isPresent(),
                newProgress.isPresent() ? newProgress : progress, submitted,
                newState.isLive() ? Optional.empty() : Optional.of(Instant.now()), folder, owner,
                process);
    }

    /** Returns it as it is when {@code newOwner} starts it again. */
    JobRecord restarted(Owner newOwner) {
        return new JobRecord(version, id, request, JobState.RUNNING, "", begun, progress, submitted, Optional.empty(),
                folder, newOwner.name(), ProcessHandle.current().pid());
    }

    JobStatus status(Optional<Progress> now, int workers) {
        return new JobStatus(Long.toString(id), request, state, reason, now, workers, submitted, ended);
    }
}
