package org.imagingutility.engine.job;

import org.imagingutility.api.container.SearchMonitor;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.engine.pipeline.FramePipeline;
import org.imagingutility.engine.plugin.JobWatch;

/**
 * Tells a monitor how far a repair is: first it searches, then it goes through the frames, and where something is missing
 * it searches between them, in another thread. So that the monitor gets one call at a time, each goes through one lock.
 */
final class RepairPulse implements FramePipeline.Pulse, SearchMonitor {
    private final JobMonitor monitor;
    private final String image;
    private final long fileLength;
    private JobPulse pulse;
    private boolean searching = true;

    RepairPulse(JobMonitor monitor, String image, long fileLength) {
        this.monitor = monitor;
        this.image = image;
        this.fileLength = fileLength;
        this.pulse = new JobPulse(monitor, "Searching", image, fileLength);
    }

    /** Says that the frames are gone through from now on, by what {@code activity} says. */
    synchronized void begin(String activity) {
        searching = false;
        pulse = new JobPulse(monitor, activity, image, fileLength);
    }

    synchronized void done(long bytes) {
        pulse.done(bytes);
    }

    @Override
    public synchronized void searched(long bytes) throws CancelledException {
        pulse.stopIfCancelled();
        if (searching) {
            pulse.done(bytes);
            pulse.beat();
        }
    }

    @Override
    public synchronized void beat() {
        pulse.beat();
    }

    @Override
    public synchronized boolean cancelled() {
        return pulse.cancelled();
    }

    @Override
    public synchronized boolean paused() {
        return pulse.paused();
    }

    @Override
    public synchronized int workers() {
        return pulse.workers();
    }

    @Override
    public synchronized void holds() {
        pulse.holds();
    }

    @Override
    public synchronized void goesOn(long heldNanos) {
        pulse.goesOn(heldNanos);
    }

    /** Not through the lock: whoever holds it may be waiting for a plug-in. */
    @Override
    public void aborted() {
        if (monitor instanceof JobWatch watch) {
            watch.abort();
        }
    }

    synchronized void end() {
        pulse.end();
    }

    @Override
    public synchronized void notice(String line) {
        monitor.notice(line);
    }
}
