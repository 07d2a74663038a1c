package org.imagingutility.command.text;

import java.io.File;

/** Text from outside (labels, names, paths) made fit for a terminal. */
public final class TerminalText {
    private TerminalText() {
    }

    /** Returns {@code text} with every control character as {@code ?}: a volume label must not steer the terminal. */
    public static String safe(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return text.codePoints().map(c -> Character.isISOControl(c) ? '?' : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
            }
        }
        return text;
    }

    /**
     * Returns {@code text} as one word of the command line, quoted only where it needs that: in single quotes of a POSIX shell, in
     * double quotes of cmd and PowerShell on Windows.
     */
    public static String shellWord(String text) {
        return shellWord(text, File.separatorChar == '\\');
    }

    static String shellWord(String text, boolean windows) {
        String safe = safe(text);
        if (windows) {
            return safe.matches("[A-Za-z0-9_./:\\\\-]+") ? safe : windowsWord(safe);
        }
        return safe.matches("[A-Za-z0-9_./:=+,@%-]+") ? safe : "'" + safe.replace("'", "'\\''") + "'";
    }

    /**
     * No name on Windows has a double quote. A backslash before the closing one would take it for a letter, to programs that read
     * their command line as the C library of Microsoft does: it is doubled.
     */
    private static String windowsWord(String text) {
        String word = text.replace("\"", "");
        return '"' + word + (word.endsWith("\\") ? "\\" : "") + '"';
    }
}
