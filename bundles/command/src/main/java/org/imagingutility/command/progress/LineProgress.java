package org.imagingutility.command.progress;

import java.io.PrintStream;
import java.util.function.LongSupplier;
import org.imagingutility.api.job.Progress;
import org.imagingutility.command.text.TerminalText;

/** One line at a time, at most about one a second: for logs, pipes and screen readers. */
public final class LineProgress implements ProgressView {
    private final PrintStream err;
    private final Pace pace;

    /** Creates a view that prints to {@code err}; {@code nanoClock} counts nanoseconds. */
    public LineProgress(PrintStream err, LongSupplier nanoClock) {
        this.err = err;
        this.pace = new Pace(nanoClock, 1_000_000_000L);
    }

    @Override
    public void show(Progress progress) {
        if (pace.passes(progress)) {
            err.println(ProgressText.subject(progress) + ": " + ProgressText.figures(progress));
        }
    }

    @Override
    public void notice(String line) {
        err.println(TerminalText.safe(line));
    }

    @Override
    public void close() {
        err.flush();
    }
}
