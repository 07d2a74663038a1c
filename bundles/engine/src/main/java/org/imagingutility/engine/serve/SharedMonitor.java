package org.imagingutility.engine.serve;

import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobState;
import org.imagingutility.api.job.Progress;

/** The monitor of a job for several threads: one call at a time. */
final class SharedMonitor implements JobMonitor {
    private final JobMonitor monitor;

    SharedMonitor(JobMonitor monitor) {
        this.monitor = monitor;
    }

    @Override
    public synchronized void progress(Progress progress) {
        monitor.progress(progress);
    }

    @Override
    public synchronized void notice(String line) {
        monitor.notice(line);
    }

    @Override
    public synchronized boolean cancelled() {
        return monitor.cancelled();
    }

    @Override
    public synchronized void state(JobState state, String reason) {
        monitor.state(state, reason);
    }

    @Override
    public synchronized boolean paused() {
        return monitor.paused();
    }

    @Override
    public synchronized int workers() {
        return monitor.workers();
    }

    @Override
    public String jobName() {
        return monitor.jobName();
    }
}
