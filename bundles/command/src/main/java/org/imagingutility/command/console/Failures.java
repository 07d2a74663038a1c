package org.imagingutility.command.console;

import java.util.Optional;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.MemoryException;
import org.imagingutility.command.progress.ProgressMode;
import org.imagingutility.command.text.Json;
import org.imagingutility.command.text.ProgramName;
import org.imagingutility.command.text.TerminalText;

/** Tells the user what a command failed of, and how to continue. */
public final class Failures {
    private final Console console;
    private final boolean verbose;
    private final ProgressMode mode;

    public Failures(Console console, boolean verbose, ProgressMode mode) {
        this.console = console;
        this.verbose = verbose;
        this.mode = mode;
    }

    /** Prints {@code error} and returns the exit code. */
    public int report(Throwable error) {
        if (error instanceof ImagingException known) {
            return report(ExitCodes.of(known), known.getMessage(), known.remedy().map(Branding.ofProcess()::renamed), error);
        }
        if (error instanceof OutOfMemoryError lack) {
            return report(new MemoryException(lack));
        }
        return report(ExitCodes.INTERNAL, "internal error: " + error, Optional.of(verbose
                ? "please report it with the lines that follow" : "run with --verbose to see where"), error);
    }

    private int report(int exitCode, String message, Optional<String> remedy, Throwable error) {
        console.out().flush();
        console.err().println(ProgramName.ofProcess() + ": " + TerminalText.safe(message));
        remedy.ifPresent(text -> console.err().println("remedy: " + TerminalText.safe(text)));
        if (verbose) {
            error.printStackTrace(console.err());
        }
        if (mode == ProgressMode.JSON) {
            new Json(console.out()).line("error", node -> node.put("exitCode", exitCode).put("message", message)
                    .put("remedy", remedy));
        }
        return exitCode;
    }
}
