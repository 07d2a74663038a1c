package org.imagingutility.command.text;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** A table with aligned columns, two blanks between them. Not safe for several threads. */
public final class Table {
    private final List<String[]> rows = new ArrayList<>();
    private final boolean[] right;

    /** Creates a table with these headings; one that begins with {@code >} heads a column aligned to the right. */
    public Table(String... headings) {
        right = new boolean[headings.length];
        String[] shown = headings.clone();
        for (int i = 0; i < headings.length; i++) {
            right[i] = headings[i].startsWith(">");
            shown[i] = right[i] ? headings[i].substring(1) : headings[i];
        }
        rows.add(shown);
    }

    /** Adds a row with one cell for each heading. */
    public void add(String... cells) {
        if (cells.length != right.length) {
            throw new IllegalArgumentException(cells.length + " cells in a table of " + right.length + " columns");
        }
        String[] safe = new String[cells.length];
        for (int i = 0; i < cells.length; i++) {
            safe[i] = Shown.safe(cells[i]);
        }
        rows.add(safe);
    }

    /** Prints headings and rows. */
    public void print(PrintStream out) {
        int[] widths = new int[right.length];
        for (String[] row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String fill = " ".repeat(widths[i] - row[i].length());
                line.append(i == 0 ? "" : "  ").append(right[i] ? fill + row[i] : row[i] + fill);
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
