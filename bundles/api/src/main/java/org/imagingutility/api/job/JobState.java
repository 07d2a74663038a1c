package org.imagingutility.api.job;

/** Where a job stands. */
public enum JobState {
    /** It works. */
    RUNNING,
    /** It was asked to pause and holds at a frame border; files and devices stay open. */
    PAUSED,
    /** A plug-in it needs was stopped or is being replaced; it continues when a fitting one is there. */
    WAITING,
    /** It gave up waiting for a plug-in. What it wrote is kept; it can be resumed. */
    SUSPENDED,
    /** The process it ran in ended before it did. What it wrote is kept; it can be resumed. */
    INTERRUPTED,
    /** It was asked to stop and did. What it wrote is kept; it can be resumed. */
    CANCELLED,
    /** It is done. */
    DONE,
    /** It ended with an error. */
    FAILED;

    /** Says whether a job in this state has threads of its own: it works, or will continue by itself. */
    public boolean isLive() {
        return this == RUNNING || this == PAUSED || this == WAITING;
    }
}
