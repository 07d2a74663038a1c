package org.imagingutility.command.inspect;

import java.io.PrintStream;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.command.text.TerminalText;

/**
 * Prints what the user should know of a call that is no job.
 *
 * @param err where to
 */
record NoticePrinter(PrintStream err) implements JobMonitor {

    @Override
    public void notice(String line) {
        err.println(TerminalText.safe(line));
    }
}
