package org.imagingutility.command.text;

import java.io.PrintStream;
import java.io.Writer;

/**
 * Breaks lines that are longer than those of a narrow terminal, what follows indented as they are; of a table of two columns the
 * second one goes below the first. For one thread.
 */
public final class WrappingWriter extends Writer {
    private static final int MORE = 2;
    /** How far what stood in a second column is indented below the first. */
    private static final int BELOW = 8;
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
        int second = secondColumn(text, indent);
        if (text.length() > columns && second > 0) {
            Wrapping.hanging(text.substring(0, second).stripTrailing(), columns, indent + MORE).forEach(out::println);
            below(text.substring(second));
        } else if (text.length() > columns && indent > BELOW) {
            below(text);
        } else {
            Wrapping.hanging(text, columns, indent + MORE).forEach(out::println);
        }
    }

    /** Returns where a second column begins in an indented line, 0 if there is none. */
    private static int secondColumn(String text, int indent) {
        int gap = indent == 0 ? -1 : text.indexOf("  ", indent);
        return gap < 0 ? 0 : gap;
    }

    private void below(String column) {
        int shift = Math.min(BELOW, columns / 4);
        for (String part : Wrapping.lines(column.strip(), columns - shift)) {
            out.println(" ".repeat(shift) + part);
        }
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
