package org.imagingutility.command.text;

/** Text from outside (labels, names, paths) made fit for a terminal. */
public final class Shown {
    private Shown() {
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

    /** Returns {@code text} as one word of a POSIX shell, in single quotes only where it needs them. */
    public static String shellWord(String text) {
        String safe = safe(text);
        return safe.matches("[A-Za-z0-9_./:=+,@%-]+") ? safe : "'" + safe.replace("'", "'\\''") + "'";
    }
}
