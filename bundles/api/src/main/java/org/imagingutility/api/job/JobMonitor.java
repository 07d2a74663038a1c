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

    /** Something the user should know although the job continues ({@code no allocator knows ...: imaging all blocks}). */
    default void notice(String line) {
    }

    /** Asked at frame borders: whether the job should stop. It then ends with a {@code CancelledException}. */
    default boolean cancelled() {
        return false;
    }

    /** The job is in another state now, for the reason given ({@code codec zstd} while it waits for that). */
    default void state(JobState state, String reason) {
    }

    /** Asked at frame borders and several times a second: whether the job should hold. */
    default boolean paused() {
        return false;
    }

    /** Asked several times a second: how many workers the job may use; 0 for what its request says. */
    default int workers() {
        return 0;
    }

    /** Returns what the job is called where it is said who uses a plug-in: {@code job 3}. */
    default String jobName() {
        return "a job";
    }
}
