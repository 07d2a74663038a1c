package org.imagingutility.engine;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PluginGoneException;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobRequest;
import org.imagingutility.api.job.JobState;
import org.imagingutility.api.job.PluginInfo;
import org.imagingutility.api.job.Progress;

/**
 * Writes a job's story to the log: what was asked for, what happens, how it ends. Passes all on to the monitor that the
 * caller gave. A log that cannot be written is the log's own affair.
 */
final class JobLogger implements JobMonitor {
    /** Understood by the log: the job, and what there is to say. */
    private static final String LINE = "[{0}] {1}";
    private final Logger log = System.getLogger("org.imagingutility.engine");
    private final JobMonitor monitor;
    private final String job;

    JobLogger(JobMonitor monitor) {
        this.monitor = monitor;
        this.job = monitor.jobName();
    }

    /** What is told of. */
    @FunctionalInterface
    interface Run<R> {
        R with(JobMonitor monitor) throws ImagingException;
    }

    /** Does it and tells of it. */
    <R> R of(JobRequest<R> request, List<PluginInfo> plugins, Run<R> run) throws ImagingException {
        long begin = System.nanoTime();
        log(Level.INFO, "begins: " + request.kind() + " of \"" + request.subject() + "\", as " + RecordText.of(request));
        try {
            R result = run.with(this);
            for (String line : JobSummary.of(result, plugins)) {
                log(Level.INFO, line);
            }
            log(Level.INFO, "done after " + millis(begin) + " ms");
            return result;
        } catch (CancelledException e) {
            log(Level.INFO, "cancelled after " + millis(begin) + " ms: " + e.getMessage());
            throw e;
        } catch (PluginGoneException e) {
            log(Level.WARNING, "stopped after " + millis(begin) + " ms, because a plug-in stays away: " + e.getMessage());
            throw e;
        } catch (ImagingException | RuntimeException | Error e) {
            String remedy = e instanceof ImagingException known ? known.remedy().map(text -> "; remedy: " + text).orElse("") : "";
            // MessageFormat gets no say in a message with an error, so the job is part of the text
            log.log(Level.ERROR, () -> "[" + job + "] failed after " + millis(begin) + " ms: " + e.getMessage() + remedy, e);
            throw e;
        }
    }

    @Override
    public void progress(Progress progress) {
        monitor.progress(progress);
    }

    @Override
    public void notice(String line) {
        log(Level.INFO, line);
        monitor.notice(line);
    }

    @Override
    public boolean cancelled() {
        return monitor.cancelled();
    }

    @Override
    public void state(JobState state, String reason) {
        log(Level.INFO, reason.isEmpty() ? state.toString() : state + " " + reason);
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
        return job;
    }

    private void log(Level level, String text) {
        log.log(level, LINE, job, text);
    }

    private static long millis(long begin) {
        return (System.nanoTime() - begin) / 1_000_000;
    }
}
