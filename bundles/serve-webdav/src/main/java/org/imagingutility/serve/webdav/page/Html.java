package org.imagingutility.serve.webdav.page;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import org.imagingutility.api.files.TreePath;

/** Text of people and volumes in HTML. */
final class Html {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final int STEP = 1024;

    private Html() {
    }

    /** Returns text that is nothing but text, in content and in quoted attributes; what cannot be seen is shown by its code. */
    static String text(String text) {
        String shown = TreePath.shown(text);
        StringBuilder html = new StringBuilder(shown.length() + 16);
        for (int i = 0; i < shown.length(); i++) {
            char c = shown.charAt(i);
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                default -> html.append(c);
            }
        }
        return html.toString();
    }

    /** Returns the cells of a size: for reading, and to the byte. */
    static String size(long bytes) {
        return "<td class=\"n\">" + human(bytes) + "</td><td class=\"n exact\">" + String.format(Locale.ROOT, "%,d", bytes) + "</td>";
    }

    /** Returns the cells of what has no size. */
    static String noSize() {
        return "<td></td><td class=\"exact\"></td>";
    }

    static String human(long bytes) {
        if (bytes < STEP) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = -1;
        while (value >= STEP && unit < UNITS.length - 1) {
            value /= STEP;
            unit++;
        }
        return String.format(Locale.ROOT, value < 10 ? "%.1f %s" : "%.0f %s", value, UNITS[unit]);
    }

    /** Returns the cell of a time. */
    static String time(Optional<Instant> time) {
        return time.map(known -> "<td class=\"t\"><time datetime=\"" + known + "\">" + TIME.format(known.truncatedTo(ChronoUnit.SECONDS))
                + "</time></td>").orElse("<td></td>");
    }
}
