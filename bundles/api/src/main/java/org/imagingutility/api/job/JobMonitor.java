package org.imagingutility.api.job;

import org.osgi.annotation.versioning.ConsumerType;

/** What the caller of a job is told while it runs. Called by the job's threads, one call at a time. */
@ConsumerType
public interface JobMonitor {

    /** Is told nothing and never cancels. */
    JobMonitor NONE = new JobMonitor() { };

    /** How far the job is; called at most a few times a second, and once at the end of each activity. */
    default void progress(Progress progress) {
    }

    /** Something the user should know although the job goes on ({@code no allocator knows ...: imaging all blocks}). */
    default void notice(String line) {
    }

    /** Asked at frame borders: whether the job should stop. It then ends with a {@code CancelledException}. */
    default boolean cancelled() {
        return false;
    }
}
