package org.imagingutility.engine.repair;

import org.imagingutility.api.container.SearchMonitor;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.engine.pipeline.FramePipeline;
import org.imagingutility.engine.plugin.job.SwapAwareMonitor;
import org.imagingutility.engine.progress.ProgressReporter;

/**
 * Tells a monitor how far a repair is: first it searches, then it goes through the frames, and where something is missing
 * it searches between them, in another thread. So that the monitor gets one call at a time, each goes through one lock.
 */
final class RepairProgress implements FramePipeline.Monitor, SearchMonitor {
    private final JobMonitor monitor;
    private final String image;
    private final long fileLength;
    private ProgressReporter progress;
    private boolean searching = true;

    RepairProgress(JobMonitor monitor, String image, long fileLength) {
        this.monitor = monitor;
        this.image = image;
        this.fileLength = fileLength;
        this.progress = new ProgressReporter(monitor, "Searching", image, fileLength);
    }

    /** Says that the frames are gone through from now on, by what {@code activity} says. */
    synchronized void begin(String activity) {
        searching = false;
        progress = new ProgressReporter(monitor, activity, image, fileLength);
    }

    synchronized void done(long bytes) {
        progress.done(bytes);
    }

    @Override
    public synchronized void searched(long bytes) throws CancelledException {
        progress.stopIfCancelled();
        if (searching) {
            progress.done(bytes);
            progress.tick();
        }
    }

    @Override
    public synchronized void tick() {
        progress.tick();
    }

    @Override
    public synchronized boolean cancelled() {
        return progress.cancelled();
    }

    @Override
    public synchronized boolean paused() {
        return progress.paused();
    }

    @Override
    public synchronized int workers() {
        return progress.workers();
    }

    @Override
    public synchronized void onPause() {
        progress.onPause();
    }

    @Override
    public synchronized void onResume(long heldNanos) {
        progress.onResume(heldNanos);
    }

    /** Not through the lock: whoever holds it may be waiting for a plug-in. */
    @Override
    public void onFailure() {
        if (monitor instanceof SwapAwareMonitor swaps) {
            swaps.abortWaits();
        }
    }

    synchronized void end() {
        progress.end();
    }

    @Override
    public synchronized void notice(String line) {
        monitor.notice(line);
    }
}
