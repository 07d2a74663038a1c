package org.imagingutility.command.text;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.OptionalInt;

/** A stream of text to a terminal, which has a width; what goes to a file or another program is laid out without one. */
public final class TerminalStream extends PrintStream {
    private final int columns;

    /** Takes {@code out}, whose terminal has {@code columns} characters a line. */
    public TerminalStream(PrintStream out, int columns, Charset charset) {
        super(out, false, charset);
        this.columns = columns;
    }

    /** Returns the characters of a line if {@code out} is a terminal. */
    public static OptionalInt columns(PrintStream out) {
        return out instanceof TerminalStream terminal ? OptionalInt.of(terminal.columns) : OptionalInt.empty();
    }
}
