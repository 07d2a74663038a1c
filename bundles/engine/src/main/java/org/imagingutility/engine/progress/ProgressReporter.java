package org.imagingutility.engine.progress;

import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobState;
import org.imagingutility.api.job.Progress;
import org.imagingutility.engine.pipeline.FramePipeline;
import org.imagingutility.engine.plugin.JobWatch;

/** Tells a monitor how far one activity is, a few times a second. For the thread that runs the job. */
public final class ProgressReporter implements FramePipeline.Pulse, Checkpoint {
    private static final long PERIOD_NANOS = 200_000_000;

    private final JobMonitor monitor;
    private final String activity;
    private final String subject;
    private final long totalBytes;
    private final long startNanos = System.nanoTime();
    private long lastNanos = startNanos;
    private long earlierBytes;
    private long doneBytes;
    private long heldNanos;

    /**
     * Creates the reporter of an activity that begins now.
     *
     * @param activity what is done, shown to the user: "Verifying"
     * @param subject what it is done to: the name of an image or device
     * @param totalBytes bytes that are to be done in all
     */
    public ProgressReporter(JobMonitor monitor, String activity, String subject, long totalBytes) {
        this.monitor = monitor;
        this.activity = activity;
        this.subject = subject;
        this.totalBytes = Math.max(1, totalBytes);
        if (monitor instanceof JobWatch watch) {
            watch.begin();
        }
    }

    /** Says that so many bytes were done before the activity began. */
    public void alreadyDone(long bytes) {
        earlierBytes = bytes;
        doneBytes = bytes;
    }

    /** Adds bytes that were done. */
    public void done(long bytes) {
        doneBytes += bytes;
    }

    @Override
    public void beat() {
        long now = System.nanoTime();
        if (now - lastNanos >= PERIOD_NANOS) {
            lastNanos = now;
            tell(now);
        }
    }

    @Override
    public boolean cancelled() {
        return monitor.cancelled();
    }

    @Override
    public boolean paused() {
        return monitor.paused();
    }

    @Override
    public int workers() {
        return monitor.workers();
    }

    @Override
    public void holds() {
        tell(System.nanoTime());
        monitor.state(JobState.PAUSED, "");
    }

    @Override
    public void goesOn(long nanos) {
        heldNanos += nanos;
        monitor.state(JobState.RUNNING, "");
    }

    @Override
    public void aborted() {
        if (monitor instanceof JobWatch watch) {
            watch.abort();
        }
    }

    @Override
    public void notice(String line) {
        monitor.notice(line);
    }

    /** Says that the activity is at its end. */
    public void end() {
        doneBytes = totalBytes;
        tell(System.nanoTime());
    }

    @Override
    public void checkpoint() throws CancelledException {
        beat();
        stopIfCancelled();
    }

    /** Stops a job that was asked to stop between its activities, and holds one that was asked to pause. */
    public void stopIfCancelled() throws CancelledException {
        heldNanos += PausePoint.whilePaused(monitor);
        if (monitor.cancelled()) {
            throw new CancelledException(activity.toLowerCase(java.util.Locale.ROOT));
        }
    }

    /** Stops a job that has no progress to tell yet, or holds it. */
    public static void stopIfCancelled(JobMonitor monitor, String doing) throws CancelledException {
        PausePoint.whilePaused(monitor);
        if (monitor.cancelled()) {
            throw new CancelledException(doing);
        }
    }

    private void tell(long now) {
        monitor.progress(new Progress(activity, subject, Math.min(doneBytes, totalBytes), totalBytes, earlierBytes,
                now - startNanos - heldNanos));
    }
}
