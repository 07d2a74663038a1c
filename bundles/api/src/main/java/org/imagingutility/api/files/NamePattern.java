package org.imagingutility.api.files;

import java.util.regex.Pattern;
import org.imagingutility.api.error.UsageException;

/**
 * A pattern that names match: {@code *} stands for any characters, {@code ?} for one, {@code [a-z]} for one of those and {@code [!a-z]} for one of
 * all others; a backslash before one of these takes it as it is. Immutable.
 */
public final class NamePattern {
    private final Pattern pattern;

    private NamePattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /**
     * Parses a pattern.
     *
     * @param caseSensitive whether letters match only as they are
     * @throws UsageException if a bracket is not closed
     */
    public static NamePattern of(String text, boolean caseSensitive) throws UsageException {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '*') {
                regex.append(".*");
            } else if (c == '?') {
                regex.append('.');
            } else if (c == '[') {
                int end = text.indexOf(']', i + 2);
                if (end < 0) {
                    throw new UsageException("the pattern \"" + text + "\" has a [ that is not closed", null);
                }
                regex.append(oneOf(text.substring(i + 1, end)));
                i = end;
            } else {
                boolean escaped = c == '\\' && i + 1 < text.length() && "*?[\\".indexOf(text.charAt(i + 1)) >= 0;
                i += escaped ? 1 : 0;
                regex.append(Pattern.quote(String.valueOf(text.charAt(i))));
            }
        }
        return new NamePattern(Pattern.compile(regex.toString(), Pattern.DOTALL
                | (caseSensitive ? 0 : Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)));
    }

    private static String oneOf(String characters) throws UsageException {
        boolean others = characters.charAt(0) == '!';
        StringBuilder regex = new StringBuilder(others ? "[^" : "[");
        for (int i = others ? 1 : 0; i < characters.length(); i++) {
            char c = characters.charAt(i);
            boolean range = c == '-' && i > (others ? 1 : 0) && i + 1 < characters.length();
            if (range && characters.charAt(i - 1) > characters.charAt(i + 1)) {
                throw new UsageException("the range [" + characters + "] goes backwards", null);
            }
            regex.append(range ? "-" : "\\x{" + Integer.toHexString(c) + "}");
        }
        return regex.append(']').toString();
    }

    /** Says whether all of {@code name} matches. */
    public boolean matches(String name) {
        return pattern.matcher(name).matches();
    }
}
