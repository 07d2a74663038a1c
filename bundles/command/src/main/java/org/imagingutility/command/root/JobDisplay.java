package org.imagingutility.command.root;

import java.util.function.BooleanSupplier;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobState;
import org.imagingutility.api.job.Progress;
import org.imagingutility.command.console.Console;
import org.imagingutility.command.log.VerboseLog;
import org.imagingutility.command.progress.BarProgress;
import org.imagingutility.command.progress.JsonProgress;
import org.imagingutility.command.progress.LineProgress;
import org.imagingutility.command.progress.ProgressMode;
import org.imagingutility.command.progress.ProgressView;
import org.imagingutility.command.text.Json;

/** One job as the user sees it: shows its progress and passes Ctrl+C on. Closed when the job is over. */
public final class JobDisplay implements JobMonitor, AutoCloseable {
    private final ProgressView view;
    /** Shows the log; null where that was not asked for. */
    private final VerboseLog log;
    private final BooleanSupplier cancelled;
    private JobState last = JobState.RUNNING;

    public JobDisplay(Console console, ProgressMode mode, BooleanSupplier cancelled, boolean verbose) {
        this.log = verbose ? new VerboseLog(console.err(), mode == ProgressMode.BAR) : null;
        this.cancelled = cancelled;
        this.view = switch (mode) {
            case BAR -> new BarProgress(console.err(), console.terminalColumns().orElse(80), System::nanoTime);
            case PLAIN -> new LineProgress(console.err(), System::nanoTime);
            case JSON -> new JsonProgress(new Json(console.out()), System::nanoTime);
        };
    }

    @Override
    public void progress(Progress progress) {
        view.show(progress);
    }

    @Override
    public void notice(String line) {
        view.notice(line);
    }

    @Override
    public void state(JobState state, String reason) {
        if (state == JobState.WAITING && last != JobState.WAITING) {
            view.notice("waiting for " + reason);
        } else if (state == JobState.PAUSED && last != JobState.PAUSED) {
            view.notice("paused");
        } else if (state == JobState.RUNNING && last != JobState.RUNNING) {
            view.notice(last == JobState.PAUSED ? "resumed" : "continuing");
        }
        last = state;
    }

    @Override
    public boolean cancelled() {
        return cancelled.getAsBoolean();
    }

    /** {@inheritDoc} A command that runs a job by itself has no number of a job; in the log, processes are told apart. */
    @Override
    public String jobName() {
        return "process " + ProcessHandle.current().pid();
    }

    @Override
    public void close() {
        view.close();
        if (log != null) {
            log.close();
        }
    }
}
