package org.imagingutility.command.root;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.Job;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobState;
import org.imagingutility.api.job.Progress;

/**
 * Takes what a job tells in its own threads to the thread that waits for it. There it is shown: the streams of a command in a
 * shell belong to the command's thread.
 */
final class MonitorRelay implements JobMonitor {
    private static final long POLL_MILLIS = 50;
    private final BlockingQueue<Consumer<JobMonitor>> told = new LinkedBlockingQueue<>();

    @Override
    public void progress(Progress progress) {
        told.add(monitor -> monitor.progress(progress));
    }

    @Override
    public void notice(String line) {
        told.add(monitor -> monitor.notice(line));
    }

    @Override
    public void state(JobState state, String reason) {
        told.add(monitor -> monitor.state(state, reason));
    }

    /**
     * Shows {@code job} to {@code monitor} until it is over, and returns what it gave. If the monitor, or an interrupt, wants it
     * to stop, it is cancelled; a second interrupt leaves it to itself.
     */
    <R> R follow(Job<R> job, JobMonitor monitor) throws ImagingException {
        boolean cancelled = false;
        boolean interrupted = false;
        try {
            while (true) {
                boolean live = job.status().state().isLive();
                try {
                    for (Consumer<JobMonitor> next = told.poll(live ? POLL_MILLIS : 0, TimeUnit.MILLISECONDS); next != null;
                            next = told.poll()) {
                        next.accept(monitor);
                    }
                } catch (InterruptedException e) {
                    if (interrupted) {
                        throw new CancelledException("job " + job.status().id());
                    }
                    interrupted = true;
                }
                if (!cancelled && (interrupted || monitor.cancelled())) {
                    cancelled = true;
                    job.cancel();
                }
                if (!live) {
                    return job.await();
                }
            }
        } catch (InterruptedException e) {
            interrupted = true;
            throw new CancelledException("job " + job.status().id());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
