package org.imagingutility.command.progress;

import java.io.PrintStream;
import java.util.function.LongSupplier;
import org.imagingutility.api.job.Progress;
import org.imagingutility.command.text.TerminalText;

/** A bar on a terminal, drawn over itself and gone at the end. Uses nothing but carriage returns and blanks. */
public final class BarProgress implements ProgressView {
    private static final int MIN_BAR = 10;
    private static final int MAX_BAR = 40;
    private final PrintStream err;
    private final int columns;
    private final Pace pace;
    private int drawn;

    /** Creates a bar for a terminal of {@code columns} characters a line. */
    public BarProgress(PrintStream err, int columns, LongSupplier nanoClock) {
        this.err = err;
        this.columns = columns;
        this.pace = new Pace(nanoClock, 100_000_000L);
    }

    @Override
    public void show(Progress progress) {
        if (pace.passes(progress)) {
            draw(line(progress, columns - 1));
        }
    }

    @Override
    public void notice(String line) {
        draw("");
        err.println(TerminalText.safe(line));
    }

    @Override
    public void close() {
        draw("");
        err.flush();
    }

    /**
     * Lays subject, bar and figures out in at most {@code width} characters; gives up the bar, then the subject's begin, then figures
     * down to the percentage. No word of what is left is cut.
     */
    static String line(Progress progress, int width) {
        return line(ProgressText.subject(progress), progress, width);
    }

    /** Lays {@code subject}, bar and figures out like that. */
    static String line(String subject, Progress progress, int width) {
        String figures = ProgressText.figures(progress);
        int room = width - subject.length() - figures.length() - 4;
        if (room >= MIN_BAR) {
            int cells = Math.min(room, MAX_BAR);
            int full = (int) (cells * ProgressText.share(progress));
            return subject + " [" + "#".repeat(full) + ".".repeat(cells - full) + "] " + figures;
        }
        for (String shown : new String[] {figures, ProgressText.shortFigures(progress)}) {
            int subjectRoom = width - shown.length() - 2;
            if (subjectRoom >= subject.length()) {
                return subject + ": " + shown;
            }
            if (subjectRoom > MIN_BAR) {
                return tail(subject, subjectRoom) + ": " + shown;
            }
        }
        for (String shown : new String[] {ProgressText.shortFigures(progress).strip(), ProgressText.percent(progress)}) {
            if (shown.length() <= width) {
                return shown;
            }
        }
        return "";
    }

    /** Returns {@code text}, or its end behind dots, in at most {@code width} characters. */
    static String tail(String text, int width) {
        return text.length() <= width ? text : "..." + text.substring(text.length() - Math.max(0, width - 3));
    }

    private void draw(String line) {
        if (drawn == 0 && line.isEmpty()) {
            return;
        }
        StringBuilder text = new StringBuilder("\r").append(line);
        if (line.length() < drawn) {
            text.append(" ".repeat(drawn - line.length())).append('\r').append(line);
        }
        err.print(text);
        err.flush();
        drawn = line.length();
    }
}
