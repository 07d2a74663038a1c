package org.imagingutility.engine.plugin.job;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobState;
import org.imagingutility.api.job.Progress;

/**
 * The monitor of a job as the job sees it: asked and told by any thread, one after the other, and also for reasons of the
 * engine's own to stop. Who finds that it is {@link #cancelled()} unwinds; why is found out where the job began.
 */
public final class SwapAwareMonitor implements JobMonitor {
    private final JobMonitor monitor;
    private final BooleanSupplier pluginsLeave;
    private final Queue<String> later = new ConcurrentLinkedQueue<>();
    private final Map<String, Integer> waits = new LinkedHashMap<>();
    private volatile boolean waitsAborted;

    SwapAwareMonitor(JobMonitor monitor, BooleanSupplier pluginsLeave) {
        this.monitor = monitor;
        this.pluginsLeave = pluginsLeave;
    }

    @Override
    public synchronized void progress(Progress progress) {
        deliverNotices();
        monitor.progress(progress);
    }

    @Override
    public synchronized void notice(String line) {
        deliverNotices();
        monitor.notice(line);
    }

    /** Says whether the job was asked to stop, or a plug-in it uses is about to be. */
    @Override
    public synchronized boolean cancelled() {
        deliverNotices();
        return monitor.cancelled() || pluginsLeave.getAsBoolean();
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

    /** Says whether the caller asked it to stop. */
    synchronized boolean cancelledByCaller() {
        return monitor.cancelled();
    }

    /** Tells the user when a thread of the job comes by. For threads of others, which must not wait for the monitor. */
    void noticeLater(String line) {
        later.add(line);
    }

    /** Lets threads wait for plug-ins: an activity begins. */
    public void allowWaits() {
        waitsAborted = false;
    }

    /** Ends the waits of the activity's threads: it failed, or is being ended. */
    public void abortWaits() {
        waitsAborted = true;
    }

    boolean waitsAborted() {
        return waitsAborted;
    }

    /** Says that one more thread waits for {@code reason}. */
    synchronized void beginWait(String reason) {
        boolean first = waits.isEmpty();
        waits.merge(reason, 1, Integer::sum);
        if (first) {
            monitor.state(JobState.WAITING, reason);
        }
    }

    /** Says that one thread less waits for {@code reason}. */
    synchronized void endWait(String reason) {
        String shown = waits.keySet().iterator().next();
        waits.computeIfPresent(reason, (key, count) -> count == 1 ? null : count - 1);
        if (waits.isEmpty()) {
            monitor.state(JobState.RUNNING, "");
        } else if (!waits.containsKey(shown)) {
            monitor.state(JobState.WAITING, waits.keySet().iterator().next());
        }
    }

    private void deliverNotices() {
        for (String line = later.poll(); line != null; line = later.poll()) {
            monitor.notice(line);
        }
    }
}
