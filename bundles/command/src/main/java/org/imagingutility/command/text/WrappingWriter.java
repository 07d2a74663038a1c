package org.imagingutility.command.text;

import java.io.PrintStream;
import java.io.Writer;

/** Breaks lines that are longer than those of a narrow terminal, what follows indented as they are. For one thread. */
public final class WrappingWriter extends Writer {
    private static final int MORE = 2;
    private final PrintStream out;
    private final int columns;
    private final StringBuilder line = new StringBuilder();

    /** Creates a writer to {@code out} with at most {@code columns} characters a line. */
    public WrappingWriter(PrintStream out, int columns) {
        this.out = out;
        this.columns = columns;
    }

    @Override
    public void write(char[] chars, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (chars[i] == '\n') {
                end();
            } else if (chars[i] != '\r') {
                line.append(chars[i]);
            }
        }
    }

    private void end() {
        String text = line.toString().stripTrailing();
        line.setLength(0);
        int indent = text.length() - text.stripLeading().length();
        Wrapping.hanging(text, columns, indent + MORE).forEach(out::println);
    }

    @Override
    public void flush() {
        out.flush();
    }

    @Override
    public void close() {
        if (!line.isEmpty()) {
            end();
        }
        flush();
    }
}
