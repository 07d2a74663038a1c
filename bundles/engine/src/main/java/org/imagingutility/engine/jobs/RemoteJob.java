package org.imagingutility.engine.jobs;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.JobStatus;

/**
 * A job that runs in another process, which is asked for it.
 *
 * @param folder where it is kept
 * @param kept what is kept of it
 */
record RemoteJob(JobFolder folder, JobRecord kept) {
    private static final Logger LOG = System.getLogger(RemoteJob.class.getPackageName());

    /**
     * Has it done.
     *
     * @throws UsageException if the process refuses it, or does not answer
     */
    void ask(ControlRequest request) throws UsageException {
        ControlReply reply;
        try {
            reply = folder.ask(kept, request);
        } catch (IOException e) {
            throw new UsageException("job " + kept.id() + " runs in process " + kept.process() + ", which does not answer: "
                    + e.getMessage(), "control it there");
        }
        if (reply.status().isEmpty()) {
            throw new UsageException(reply.refusal(), reply.remedy().orElse(null));
        }
    }

    /** Returns how it stands, with none of its workers, as those are not of this process; how it stood when it was last kept, if its process does not answer. */
    JobStatus status() {
        ControlReply.Live live = new ControlReply.Live(kept.state(), kept.reason(), kept.progress());
        try {
            live = folder.ask(kept, ControlRequest.of(ControlRequest.Action.STATUS, kept.id())).status().orElse(live);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "process " + kept.process() + " does not answer for job " + kept.id(), e);
        }
        String process = "in process " + kept.process();
        return new JobStatus(Long.toString(kept.id()), kept.request(), live.state(),
                live.reason().isEmpty() ? process : live.reason() + ", " + process, live.progress(), 0,
                kept.submitted(), Optional.empty());
    }
}
