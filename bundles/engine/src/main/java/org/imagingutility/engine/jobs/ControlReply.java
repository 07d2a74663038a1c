package org.imagingutility.engine.jobs;

import java.util.Objects;
import java.util.Optional;
import org.imagingutility.api.job.JobState;
import org.imagingutility.api.job.JobStatus;
import org.imagingutility.api.job.Progress;

/**
 * The answer of the process that a job runs in: how the job stands, or why nothing was done.
 *
 * @param version version of this message's form, as in {@link ControlRequest}
 * @param status how it stands after what was asked for; empty if that was refused
 * @param refusal why it was refused, else empty
 * @param remedy what to do about that, if there is something
 */
record ControlReply(int version, Optional<Live> status, String refusal, Optional<String> remedy) {

    /**
     * How a live job stands.
     *
     * @param state where it stands
     * @param reason why
     * @param progress how far it is
     */
    record Live(JobState state, String reason, Optional<Progress> progress) {
        Live {
            Objects.requireNonNull(state, "state");
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(progress, "progress");
        }
    }

    ControlReply {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(refusal, "refusal");
        Objects.requireNonNull(remedy, "remedy");
        if (version != ControlRequest.VERSION) {
            throw new IllegalArgumentException("its form is version " + version + ", this version knows " + ControlRequest.VERSION);
        }
    }

    static ControlReply of(JobStatus job) {
        return new ControlReply(ControlRequest.VERSION,
                Optional.of(new Live(job.state(), job.reason(), job.progress())), "", Optional.empty());
    }

    static ControlReply refused(String why, Optional<String> remedy) {
        return new ControlReply(ControlRequest.VERSION, Optional.empty(), why, remedy);
    }
}
