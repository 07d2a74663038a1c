package org.imagingutility.shell.session;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.util.List;

/**
 * Standard error of a session: lines that gogo and its text commands print of an exception get a form without the names of
 * classes. All else passes at once, so that progress can be drawn. Safe for several threads.
 */
final class ErrorOutput extends FilterOutputStream {
    /** How the lines begin that are looked at: gogo for the commands of a pipe, the others for themselves. */
    private static final List<String> BEGINS = List.of("gogo: ", "cat: ", "sort: ", "less: ", "wc: ", "tail: ", "head: ", "ls: ", "grep: ",
            "date: ", "sleep: ", "java.");
    private static final String FAILED = "gogo: CommandFailedException: ";
    private static final String NOT_FOUND = "gogo: CommandNotFoundException: Command not found: ";
    private static final int LONGEST = 1 << 16;
    private final Charset charset = Charset.defaultCharset();
    /** The begin of a line that may be one to look at. */
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private boolean atBegin = true;

    ErrorOutput(OutputStream out) {
        super(out);
    }

    @Override
    public synchronized void write(int b) throws IOException {
        if (!atBegin) {
            out.write(b);
            atBegin = b == '\n';
            return;
        }
        held.write(b);
        if (b == '\n') {
            String line = held.toString(charset);
            held.reset();
            out.write(worded(line).getBytes(charset));
        } else if (!isLookedAt(held.toString(charset)) || held.size() > LONGEST) {
            atBegin = false;
            release();
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            write(bytes[i]);
        }
    }

    private void release() throws IOException {
        byte[] bytes = held.toByteArray();
        held.reset();
        out.write(bytes);
    }

    /** Releases what is held back, at the end of a command whose last line has no end. */
    synchronized void finish() throws IOException {
        if (held.size() > 0) {
            String line = held.toString(charset);
            held.reset();
            out.write(worded(line).getBytes(charset));
            atBegin = false;
        }
        out.flush();
    }

    private static boolean isLookedAt(String begin) {
        for (String each : BEGINS) {
            if (begin.startsWith(each) || each.startsWith(begin)) {
                return true;
            }
        }
        return false;
    }

    private static String worded(String line) {
        if (line.startsWith(FAILED)) {
            return ""; // the command told what went wrong
        }
        if (line.startsWith(NOT_FOUND)) {
            return Messages.begin() + "there is no command \"" + line.substring(NOT_FOUND.length()).strip() + "\"" + System.lineSeparator();
        }
        if (BEGINS.stream().noneMatch(line::startsWith)) {
            return line;
        }
        String end = line.endsWith("\n") ? System.lineSeparator() : "";
        String text = Messages.withoutClasses(line.replaceFirst("^gogo: [A-Z]\\w*(?:Exception|Error): ", Messages.begin()));
        return text.isEmpty() ? line : text + end;
    }
}
