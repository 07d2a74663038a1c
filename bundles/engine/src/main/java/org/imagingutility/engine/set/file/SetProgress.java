package org.imagingutility.engine.set.file;

import java.util.Locale;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobState;
import org.imagingutility.api.job.Progress;
import org.imagingutility.engine.plugin.job.JobPlugins;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.progress.Checkpoint;
import org.imagingutility.engine.progress.PausePoint;
import org.imagingutility.engine.progress.ProgressReporter;

/**
 * One progress over several jobs: what each tells of itself is its share of the whole. All else goes through. For one thread
 * at a time.
 */
public final class SetProgress implements JobMonitor, Checkpoint {
    private final JobMonitor monitor;
    private final String activity;
    private final String subject;
    private long totalBytes = 1;
    private JobMonitor watch;
    private final long startNanos = System.nanoTime();
    private long doneBytes;
    private long earlierBytes;
    private long partBytes;
    private int partPhases = 1;
    private int partPhase;
    private String partActivity = "";
    /** How many of the part's bytes were done by an earlier run. */
    private long partEarlierBytes;

    public SetProgress(JobMonitor monitor, String activity, String subject) {
        this.monitor = monitor;
        this.watch = monitor;
        this.activity = activity;
        this.subject = subject;
    }

    /** Makes the plug-ins of a job that tells its progress here. */
    public JobPlugins plugins(Plugins installed) {
        JobPlugins plugins = new JobPlugins(installed, this);
        // which says that a plug-in leaves, too
        watch = plugins.monitor();
        return plugins;
    }

    /** Sets how many bytes are to be done in all. */
    public void total(long bytes) {
        totalBytes = Math.max(1, bytes);
    }

    /** Says that nothing is done of what was said to be done since: a step starts over. */
    public void back(long bytes) {
        doneBytes = bytes;
        partBytes = 0;
    }

    /** Returns what is done. */
    public long done() {
        return doneBytes;
    }

    /** Says that the next job does so many bytes of the whole. */
    public void begin(long bytes) {
        begin(bytes, 1);
    }

    /** Says that the next job does so many bytes of the whole, in so many activities of equal weight. */
    public void begin(long bytes, int phases) {
        partBytes = bytes;
        partPhases = phases;
        partPhase = 0;
        partActivity = "";
        partEarlierBytes = 0;
    }

    /** Says that the job is done, or {@code earlier} that there was nothing to do because it was done by another run. */
    public void end(boolean earlier) {
        doneBytes += partBytes;
        earlierBytes += earlier ? partBytes : partEarlierBytes;
        partBytes = 0;
        partEarlierBytes = 0;
        report(doneBytes, earlierBytes);
    }

    /** Says that so many bytes more are done, without a job. */
    public void add(long bytes) {
        doneBytes += bytes;
        report(doneBytes, earlierBytes);
    }

    /** Says how much of the disk was looked at, before anything is done; ends the step if the user wants that. */
    public void examined(long bytes, long diskLength) throws CancelledException {
        monitor.progress(new Progress("Examining", subject, Math.min(bytes, diskLength), diskLength, 0,
                System.nanoTime() - startNanos));
        checkpoint();
    }

    /** Holds while the user wants that, and ends the step if he, or a plug-in that leaves, wants that. */
    @Override
    public void checkpoint() throws CancelledException {
        PausePoint.whilePaused(watch);
        if (watch.cancelled()) {
            throw new CancelledException(activity.toLowerCase(Locale.ROOT));
        }
    }

    @Override
    public void progress(Progress progress) {
        boolean check = ProgressReporter.isCheck(progress); // of what is kept: a part of the imaging, which it counts
        if (!check && !progress.activity().equals(partActivity)) {
            partPhase = partActivity.isEmpty() ? 0 : Math.min(partPhase + 1, partPhases - 1);
            partActivity = progress.activity();
        }
        double phaseBytes = (double) partBytes / partPhases;
        double share = phaseBytes / Math.max(1, progress.totalBytes());
        if (partPhase == 0) {
            partEarlierBytes = (long) (progress.earlierBytes() * share);
        }
        report(doneBytes + (long) (partPhase * phaseBytes + progress.doneBytes() * share), earlierBytes + partEarlierBytes);
    }

    private void report(long done, long earlier) {
        monitor.progress(new Progress(activity, subject, Math.min(done, totalBytes), totalBytes, Math.min(earlier, totalBytes),
                System.nanoTime() - startNanos));
    }

    @Override
    public void notice(String line) {
        monitor.notice(line);
    }

    @Override
    public boolean cancelled() {
        return monitor.cancelled();
    }

    @Override
    public void state(JobState state, String reason) {
        monitor.state(state, reason);
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
    public String jobName() {
        return monitor.jobName();
    }
}
