package org.imagingutility.engine.job;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobState;

/** Holds a job that was asked to pause where no pipeline runs: while it looks for something, or waits for a target. */
public final class Holding {
    private static final long NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private Holding() {
    }

    /** Waits as long as the job should hold and is not to stop; returns how many nanoseconds that was. */
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
