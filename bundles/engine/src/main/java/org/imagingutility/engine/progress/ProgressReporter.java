package org.imagingutility.engine.progress;

import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobState;
import org.imagingutility.api.job.Progress;
import org.imagingutility.engine.pipeline.FramePipeline;
import org.imagingutility.engine.plugin.job.SwapAwareMonitor;

/** Tells a monitor how far one activity is, a few times a second. For the thread that runs the job. */
public final class ProgressReporter implements FramePipeline.Monitor, Checkpoint {
    private static final long PERIOD_NANOS = 200_000_000;
    /** What a job does before it resumes an image: {@code Checking (37%)}. */
    private static final String CHECK = "Checking";

    private final JobMonitor monitor;
    private final String activity;
    private final String subject;
    private final long totalBytes;
    private final long startNanos = System.nanoTime();
    private long lastNanos = startNanos;
    private long earlierBytes;
    private long doneBytes;
    private long heldNanos;
    /** Bytes to check before the activity continues; 0 for none. */
    private final long checkBytes;
    private long checkedBytes;

    /**
     * Creates the reporter of an activity that begins now.
     *
     * @param activity what is done, shown to the user: "Verifying"
     * @param subject what it is done to: the name of an image or device
     * @param totalBytes bytes that are to be done in all
     */
    public ProgressReporter(JobMonitor monitor, String activity, String subject, long totalBytes) {
        this(monitor, activity, subject, totalBytes, 0);
    }

    /**
     * Creates the reporter of the check of what an earlier run has done. It counts the job: what is kept is done, of all that is to
     * be done, and nothing is added; how far the check is stands with the activity.
     *
     * @param subject the device that the job is done to
     * @param keptBytes bytes that are done
     * @param totalBytes bytes that are to be done in all
     * @param checkBytes bytes that are to be checked
     */
    public static ProgressReporter ofCheck(JobMonitor monitor, String subject, long keptBytes, long totalBytes, long checkBytes) {
        ProgressReporter check = new ProgressReporter(monitor, CHECK, subject, totalBytes, Math.max(1, checkBytes));
        check.alreadyDone(keptBytes);
        return check;
    }

    /** Says whether that is the progress of such a check. */
    public static boolean isCheck(Progress progress) {
        return progress.activity().startsWith(CHECK + " (");
    }

    private ProgressReporter(JobMonitor monitor, String activity, String subject, long totalBytes, long checkBytes) {
        this.monitor = monitor;
        this.activity = activity;
        this.subject = subject;
        this.totalBytes = Math.max(1, totalBytes);
        this.checkBytes = checkBytes;
        if (monitor instanceof SwapAwareMonitor swaps) {
            swaps.allowWaits();
        }
    }

    /** Says that so many bytes were done before the activity began. */
    public void alreadyDone(long bytes) {
        earlierBytes = bytes;
        doneBytes = bytes;
    }

    /** Adds bytes that were done. */
    public void done(long bytes) {
        if (checkBytes > 0) {
            checkedBytes += bytes;
        } else {
            doneBytes += bytes;
        }
    }

    /** Returns how many bytes are done. */
    public long doneBytes() {
        return doneBytes;
    }

    @Override
    public void tick() {
        long now = System.nanoTime();
        if (now - lastNanos >= PERIOD_NANOS) {
            lastNanos = now;
            report(now);
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
    public void onPause() {
        report(System.nanoTime());
        monitor.state(JobState.PAUSED, "");
    }

    @Override
    public void onResume(long nanos) {
        heldNanos += nanos;
        monitor.state(JobState.RUNNING, "");
    }

    @Override
    public void onFailure() {
        if (monitor instanceof SwapAwareMonitor swaps) {
            swaps.abortWaits();
        }
    }

    @Override
    public void notice(String line) {
        monitor.notice(line);
    }

    /** Says that the activity has ended. */
    public void end() {
        if (checkBytes > 0) {
            checkedBytes = checkBytes;
        } else {
            doneBytes = totalBytes;
        }
        report(System.nanoTime());
    }

    @Override
    public void checkpoint() throws CancelledException {
        tick();
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

    private void report(long now) {
        // rounded down: 100 % are all
        String shown = checkBytes == 0 ? activity
                : activity + " (" + (long) (100.0 * Math.min(checkedBytes, checkBytes) / checkBytes) + "%)";
        monitor.progress(new Progress(shown, subject, Math.min(doneBytes, totalBytes), totalBytes, earlierBytes,
                now - startNanos - heldNanos));
    }
}
