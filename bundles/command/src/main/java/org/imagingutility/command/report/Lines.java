package org.imagingutility.command.report;

import java.io.PrintStream;
import org.imagingutility.command.text.TerminalText;

/** Prints a title and below it facts, each as {@code name   value} with the values aligned. */
public final class Lines {
    private static final int NAME_WIDTH = 16;
    private final PrintStream out;
    private int nameWidth = NAME_WIDTH;

    /** Prints to {@code out}. */
    public Lines(PrintStream out) {
        this.out = out;
    }

    /** Makes room for names of up to {@code length} characters. */
    Lines namesUpTo(int length) {
        nameWidth = Math.max(NAME_WIDTH, length + 2);
        return this;
    }

    /** Prints the title. */
    public Lines title(String title) {
        out.println(TerminalText.safe(title));
        return this;
    }

    /** Prints a fact. */
    public Lines fact(String name, String value) {
        out.println("  " + name + " ".repeat(Math.max(1, nameWidth - name.length())) + TerminalText.safe(value));
        return this;
    }
}
