package org.imagingutility.command.files;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.FileRefusedException;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.TreePath;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.command.console.ExitCodes;
import org.imagingutility.command.root.ImagingCommand;
import org.imagingutility.command.text.ProgramName;
import org.imagingutility.command.text.TerminalText;

/** One run of a command over files: its monitor, the lines it prints, and what was missing. For one thread. */
final class FilesRun implements JobMonitor {
    private static final int BUFFER = 1 << 14;
    private final ImagingCommand imaging;
    private final PrintStream out;
    private final CharsetEncoder encoder = Charset.defaultCharset().newEncoder();
    private final StringBuilder lines = new StringBuilder();
    private int exitCode = ExitCodes.DONE;

    FilesRun(ImagingCommand imaging) {
        this.imaging = imaging;
        this.out = imaging.console().out();
    }

    @Override
    public void notice(String line) {
        imaging.console().err().println(TerminalText.safe(line));
    }

    @Override
    public boolean cancelled() {
        return imaging.cancelled();
    }

    /** Ends the run if the user wants that. */
    void checkCancelled() throws CancelledException {
        if (imaging.cancelled()) {
            throw new CancelledException("reading files");
        }
    }

    /** Prints a line; lines are put out some at a time, before anything else is said. */
    void line(String text) {
        lines.append(printable(text)).append(System.lineSeparator());
        if (lines.length() >= BUFFER) {
            flush();
        }
    }

    /** Returns the line with what the output's encoding does not have in the form in which names can be typed. */
    private String printable(String text) {
        if (encoder.canEncode(text)) {
            return text;
        }
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            line.append(encoder.canEncode(c) ? String.valueOf(c) : String.format("\\u%04X", (int) c));
        }
        return line.toString();
    }

    void flush() {
        out.print(lines);
        lines.setLength(0);
    }

    /**
     * Notes that something is missing, and goes on; other errors end the run.
     *
     * @param path of the file or directory that it is about
     */
    void missing(String path, ImagingException error) throws ImagingException {
        boolean ofTheFile = error instanceof FileSystemException || error instanceof FileRefusedException
                || error instanceof DeviceException device && !device.isDeviceChanged();
        if (!ofTheFile) {
            throw error;
        }
        flush();
        imaging.console().err().println(ProgramName.ofProcess() + ": " + TreePath.shown("/" + path) + ": "
                + TerminalText.safe(error.getMessage()));
        exitCode = ExitCodes.of(error);
    }

    /** Puts out what is left, and returns the exit code: 0 only if nothing was missing. */
    int end() {
        flush();
        return exitCode;
    }
}
