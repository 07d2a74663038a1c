package org.imagingutility.command.text;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/** A table with aligned columns, two blanks between them. Not safe for several threads. */
public final class Table {
    private static final int GAP = 2;
    /** Words up to this length are not broken: states, kinds, names of file systems. */
    private static final int LONG_WORD = 16;
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
            safe[i] = TerminalText.safe(cells[i]);
        }
        rows.add(safe);
    }

    /**
     * Prints headings and rows. On a terminal that is too narrow cells of text are continued below themselves; if that is not
     * enough, each row is a list of its cells.
     */
    public void print(PrintStream out) {
        int[] widths = new int[right.length];
        for (String[] row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        OptionalInt columns = TerminalStream.columns(out);
        if (columns.isEmpty() || isNarrowedTo(widths, columns.getAsInt())) {
            rows.forEach(row -> print(out, row, widths));
        } else {
            printAsLists(out, columns.getAsInt());
        }
    }

    /** Makes columns of text narrower until the table fits, and says whether it does. */
    private boolean isNarrowedTo(int[] widths, int columns) {
        int tooMuch = Arrays.stream(widths).sum() + GAP * (widths.length - 1) - columns;
        while (tooMuch > 0) {
            int widest = -1;
            for (int i = 0; i < widths.length; i++) {
                if (!right[i] && widths[i] > least(i) && (widest < 0 || widths[i] > widths[widest])) {
                    widest = i;
                }
            }
            if (widest < 0) {
                return false;
            }
            widths[widest]--;
            tooMuch--;
        }
        return true;
    }

    /** Returns how narrow a column may get: its words stay whole, unless they are long names. */
    private int least(int column) {
        int least = rows.get(0)[column].length();
        for (String[] row : rows) {
            least = Math.max(least, Math.min(LONG_WORD, Wrapping.longestPart(row[column])));
        }
        return least;
    }

    private void print(PrintStream out, String[] row, int[] widths) {
        List<List<String>> cells = new ArrayList<>();
        int lines = 1;
        for (int i = 0; i < widths.length; i++) {
            List<String> cell = row[i].length() <= widths[i] ? List.of(row[i]) : Wrapping.lines(row[i], widths[i]);
            cells.add(cell);
            lines = Math.max(lines, cell.size());
        }
        for (int at = 0; at < lines; at++) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String part = at < cells.get(i).size() ? cells.get(i).get(at) : "";
                String fill = " ".repeat(widths[i] - part.length());
                line.append(i == 0 ? "" : " ".repeat(GAP)).append(right[i] ? fill + part : part + fill);
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private void printAsLists(PrintStream out, int columns) {
        String[] headings = rows.get(0);
        int indent = GAP + Arrays.stream(headings).mapToInt(String::length).max().orElse(0);
        for (String[] row : rows.subList(1, rows.size())) {
            out.println();
            for (int i = 0; i < row.length; i++) {
                if (!row[i].isBlank()) {
                    String line = headings[i] + " ".repeat(indent - headings[i].length()) + row[i].strip();
                    Wrapping.hanging(line, columns, indent).forEach(out::println);
                }
            }
        }
    }
}
