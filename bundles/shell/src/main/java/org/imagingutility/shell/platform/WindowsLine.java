package org.imagingutility.shell.platform;

import java.io.File;

/**
 * A text of commands as gogo takes it, of one as it is typed on Windows. There a backslash separates names and is a letter,
 * anywhere: gogo would drop it or take {@code \\u} for a character by its number. Quotes keep blanks together ({@code "C:\my files"},
 * {@code 'C:\a $b'}); a name of a device ({@code \\?\Volume{...}}, {@code \\.\C:}) is one word as it stands. A backslash with a blank
 * before it and nothing behind it continues the line. The value of a variable is taken as it is. On other systems the text is left alone, backslashes being gogo's escapes.
 */
public final class WindowsLine {
    private static final boolean ON_WINDOWS = File.separatorChar == '\\';
    private static final String WORD_ENDS = " \t\r\n;|&";
    private static final String BRACKETS = "(){}[]<>";

    private final String typed;
    private final StringBuilder text;
    /** For each character that was typed, and the end, where it is in the text. */
    private final int[] places;
    private int next;

    private WindowsLine(String typed) {
        this.typed = typed;
        this.text = new StringBuilder(typed.length() + 16);
        this.places = new int[typed.length() + 1];
        while (next < typed.length()) {
            word();
        }
        places[next] = text.length();
    }

    /** Returns what gogo is to run where {@code typed} was typed. */
    public static CharSequence forGogo(CharSequence typed) {
        return forGogo(typed, ON_WINDOWS);
    }

    /** Does so if {@code onWindows}, whatever system this is. */
    public static CharSequence forGogo(CharSequence typed, boolean onWindows) {
        return onWindows && typed.toString().indexOf('\\') >= 0 ? of(typed.toString()).text() : typed;
    }

    /** Says whether lines here are typed as on Windows. */
    public static boolean isUsed() {
        return ON_WINDOWS;
    }

    /** Takes apart what was typed on Windows. */
    public static WindowsLine of(String typed) {
        return new WindowsLine(typed);
    }

    /** Returns what gogo is to run. */
    public String text() {
        return text.toString();
    }

    /** Returns where the character typed at {@code index}, or the end, is in the text. */
    public int toText(int index) {
        return places[Math.max(0, Math.min(index, typed.length()))];
    }

    /** Returns the first character typed that is at {@code place} of the text, or behind it. */
    public int toTyped(int place) {
        int index = 0;
        while (index < typed.length() && places[index] < place) {
            index++;
        }
        return index;
    }

    /** Copies what is up to the end of a word, or one character between words. */
    private void word() {
        char c = typed.charAt(next);
        if (c == '#') {
            copyTo(lineEnd());
        } else if (isDevice()) {
            int end = next;
            while (end < typed.length() && WORD_ENDS.indexOf(typed.charAt(end)) < 0) {
                end++;
            }
            quoted(end);
        } else if (WORD_ENDS.indexOf(c) >= 0 || c == '=' || BRACKETS.indexOf(c) >= 0 || isContinuation()) {
            copyTo(next + 1);
        } else {
            rest();
        }
    }

    /** Copies the rest of a word, with what stands in quotes. */
    private void rest() {
        char quote = 0;
        int begin = next;
        while (next < typed.length()) {
            char c = typed.charAt(next);
            if (quote == 0 && endsWord(next)) {
                return;
            }
            int end = quote == 0 && c == '$' ? variableEnd() : next;
            if (end > next) {
                // beside other letters gogo takes the backslashes of a value for escapes, unless quotes are around it
                boolean alone = next == begin && endsWord(end);
                text.append(alone ? "" : "\"");
                copyTo(end);
                text.append(alone ? "" : "\"");
                continue;
            }
            if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            }
            if (c == '\'' && quote == '"') {
                // gogo would look for the end of what that begins
                text.append("\"\\");
                copyTo(next + 1);
                text.append('"');
                continue;
            }
            copyTo(next + 1);
            if (c == '\\' && quote != '\'') {
                text.append('\\');
            }
        }
    }

    private boolean endsWord(int index) {
        return index >= typed.length() || WORD_ENDS.indexOf(typed.charAt(index)) >= 0 || BRACKETS.indexOf(typed.charAt(index)) >= 0;
    }

    /** Returns where the variable ends that begins here, {@code $name} or {@code ${name}}; here if it is none of these. */
    private int variableEnd() {
        int end = next + 1;
        if (end < typed.length() && typed.charAt(end) == '{') {
            int close = typed.indexOf('}', end);
            return close < 0 ? next : close + 1;
        }
        while (end < typed.length() && typed.charAt(end) != '$'
                && (Character.isJavaIdentifierPart(typed.charAt(end)) || typed.charAt(end) == '.')) {
            end++;
        }
        return end == next + 1 ? next : end;
    }

    private void quoted(int end) {
        text.append('\'');
        copyTo(end);
        text.append('\'');
    }

    private void copyTo(int end) {
        for (; next < end; next++) {
            places[next] = text.length();
            text.append(typed.charAt(next));
        }
    }

    private int lineEnd() {
        int end = typed.indexOf('\n', next);
        return end < 0 ? typed.length() : end;
    }

    /** Says whether the next word begins with {@code \\.\} or {@code \\?\}, and has no quotes. */
    private boolean isDevice() {
        if (!typed.startsWith("\\\\?\\", next) && !typed.startsWith("\\\\.\\", next)) {
            return false;
        }
        for (int i = next; i < typed.length() && WORD_ENDS.indexOf(typed.charAt(i)) < 0; i++) {
            if (typed.charAt(i) == '\'' || typed.charAt(i) == '"') {
                return false;
            }
        }
        return true;
    }

    /** Says whether a backslash, with a blank before it, is the last of its line. */
    private boolean isContinuation() {
        boolean last = typed.startsWith("\\\n", next) || typed.startsWith("\\\r\n", next);
        return last && next > 0 && (typed.charAt(next - 1) == ' ' || typed.charAt(next - 1) == '\t');
    }
}
