package org.imagingutility.api.job;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Is told of all jobs of a {@link JobService}. Registered as a service. Called by the jobs' threads, several at once, and
 * must return soon.
 */
@ConsumerType
public interface JobListener {

    /** A job was submitted, or is in another state now. */
    void stateChanged(JobStatus job);

    /** A job got on; called at most a few times a second for each. */
    default void progressed(JobStatus job) {
    }

    /** A job has something to say. */
    default void noticed(JobStatus job, String line) {
    }
}
