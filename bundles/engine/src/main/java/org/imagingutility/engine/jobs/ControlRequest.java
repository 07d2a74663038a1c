package org.imagingutility.engine.jobs;

import java.util.Objects;

/**
 * What one process asks of a job that runs in another.
 *
 * @param version version of this message's form
 * @param action what is to be done
 * @param job number of the job
 * @param workers how many workers it may use, for {@link Action#WORKERS}; else 0
 */
record ControlRequest(int version, Action action, long job, int workers) {
    static final int VERSION = 1;

    /** What can be done to a job of another process. */
    enum Action {
        /** Nothing: only its status is asked for. */
        STATUS,
        /** It holds at the next frame border. */
        PAUSE,
        /** It continues. */
        RESUME,
        /** It stops at the next frame border. */
        CANCEL,
        /** It uses another number of workers. */
        WORKERS
    }

    ControlRequest {
        Objects.requireNonNull(action, "action");
        if (version != VERSION) {
            throw new IllegalArgumentException("its form is version " + version + ", this version knows " + VERSION);
        }
    }

    static ControlRequest of(Action action, long job) {
        return new ControlRequest(VERSION, action, job, 0);
    }
}
