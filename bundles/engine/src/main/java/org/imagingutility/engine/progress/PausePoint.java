package org.imagingutility.engine.progress;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobState;

/** Where a job waits while it is paused and no pipeline runs: while it searches, or waits for a target. */
public final class PausePoint {
    private static final long NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private PausePoint() {
    }

    /** Waits while the job is paused and not cancelled; returns how many nanoseconds that was. */
    public static long whilePaused(JobMonitor monitor) {
        if (!monitor.paused() || monitor.cancelled()) {
            return 0;
        }
        long start = System.nanoTime();
        monitor.state(JobState.PAUSED, "");
        while (monitor.paused() && !monitor.cancelled()) {
            LockSupport.parkNanos(NAP_NANOS);
        }
        monitor.state(JobState.RUNNING, "");
        return System.nanoTime() - start;
    }
}
