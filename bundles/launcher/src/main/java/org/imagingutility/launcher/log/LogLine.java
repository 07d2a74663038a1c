package org.imagingutility.launcher.log;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * A line of the log: time, level, bundle, job, message; the lines of a stack trace follow, indented. What comes from outside
 * (names of devices and files, messages of errors) cannot begin a line of its own nor steer a terminal: control characters
 * are escaped.
 */
public final class LogLine extends Formatter {
    /** A message of this form has the job as its first argument and the text as its second. */
    private static final String OF_JOB = "[{0}] {1}";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx")
            .withZone(ZoneId.systemDefault());
    private static final int DEEPEST = 20;

    /** Creates the format. */
    public LogLine() {
    }

    @Override
    public String format(LogRecord record) {
        boolean ofJob = OF_JOB.equals(record.getMessage()) && record.getParameters() != null && record.getParameters().length == 2;
        String job = ofJob ? String.valueOf(record.getParameters()[0]) : "-";
        String message = ofJob ? String.valueOf(record.getParameters()[1]) : formatMessage(record);
        if (!ofJob && message.startsWith("[") && message.indexOf("] ") > 0) {
            // with an error, a message has no arguments
            job = message.substring(1, message.indexOf("] "));
            message = message.substring(message.indexOf("] ") + 2);
        }
        StringBuilder line = new StringBuilder(200).append(TIME.format(record.getInstant())).append(' ')
                .append(name(record.getLevel())).append(' ').append(safe(String.valueOf(record.getLoggerName())))
                .append(" [").append(safe(job)).append("] ").append(safe(message)).append('\n');
        if (record.getThrown() != null) {
            trace(line, record.getThrown(), "", Collections.newSetFromMap(new IdentityHashMap<>()));
        }
        return line.toString();
    }

    private static String name(Level level) {
        int value = level.intValue();
        return value >= 1000 ? "ERROR  " : value >= 900 ? "WARNING" : value >= 800 ? "INFO   " : value >= 500 ? "DEBUG  " : "TRACE  ";
    }

    private static void trace(StringBuilder text, Throwable thrown, String title, Set<Throwable> shown) {
        text.append('\t').append(title).append(safe(thrown.toString())).append('\n');
        if (!shown.add(thrown) || shown.size() > DEEPEST) {
            return; // errors may be each other's causes
        }
        for (StackTraceElement element : thrown.getStackTrace()) {
            text.append("\t\tat ").append(element).append('\n');
        }
        for (Throwable suppressed : thrown.getSuppressed()) {
            trace(text, suppressed, "suppressed: ", shown);
        }
        if (thrown.getCause() != null) {
            trace(text, thrown.getCause(), "caused by: ", shown);
        }
    }

    /** Returns {@code text} with control characters, and the marks that end lines elsewhere or turn text around, escaped. */
    static String safe(String text) {
        StringBuilder safe = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean bad = Character.isISOControl(c) || c == '\u2028' || c == '\u2029' || c >= '\u202a' && c <= '\u202e'
                    || c >= '\u2066' && c <= '\u2069';
            if (bad && safe == null) {
                safe = new StringBuilder(text.length() + 16).append(text, 0, i);
            }
            if (bad) {
                safe.append(c == '\n' ? "\\n" : c == '\r' ? "\\r" : c == '\t' ? "\\t" : String.format("\\u%04x", (int) c));
            } else if (safe != null) {
                safe.append(c);
            }
        }
        return safe == null ? text : safe.toString();
    }
}
