package org.imagingutility.command.text;

import java.util.ArrayList;
import java.util.List;

/** Text in lines of a bounded width. A width counts characters, each of which is taken to be one cell of the terminal. */
public final class Wrapping {
    /** Behind these a word that is too long for a line may be broken: names of files, devices and settings. */
    private static final String BREAKS = "/\\,=:;";

    private Wrapping() {
    }

    /**
     * Returns {@code text} in lines of at most {@code width} characters, at least one line. Lines end between words; a word that
     * is longer than a line is broken behind a slash or the like, and only if it has none there anywhere.
     */
    public static List<String> lines(String text, int width) {
        int room = Math.max(1, width);
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        boolean fresh = true;
        for (String word : text.split(" ", -1)) {
            if (!fresh && line.length() + 1 + word.length() > room) {
                lines.add(line.toString());
                line.setLength(0);
                fresh = true;
            }
            if (!fresh) {
                line.append(' ');
            }
            line.append(word);
            fresh = false;
            while (line.length() > room) {
                int end = breakIn(line, room);
                lines.add(line.substring(0, end));
                line.delete(0, end);
            }
        }
        lines.add(line.toString());
        return lines;
    }

    /** Returns {@code text} in lines of at most {@code width} characters, those after the first indented by {@code indent}. */
    public static List<String> hanging(String text, int width, int indent) {
        if (text.length() <= width) {
            return List.of(text);
        }
        int shift = Math.min(indent, Math.max(0, width / 2));
        // the first line keeps the blanks that it has within
        int end = text.lastIndexOf(' ', width);
        if (end <= shift || text.substring(0, end).isBlank()) {
            end = breakIn(text, width);
        }
        List<String> lines = new ArrayList<>();
        lines.add(text.substring(0, end).stripTrailing());
        lines(text.substring(end).strip(), width - shift).forEach(line -> lines.add(" ".repeat(shift) + line));
        return lines;
    }

    /** Returns the length of the longest part of {@code text} that cannot be broken well. */
    static int longestPart(String text) {
        int longest = 0;
        int begin = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == ' ') {
                longest = Math.max(longest, i - begin);
                begin = i + 1;
            } else if (BREAKS.indexOf(text.charAt(i)) >= 0) {
                longest = Math.max(longest, i + 1 - begin);
                begin = i + 1;
            }
        }
        return longest;
    }

    private static int breakIn(CharSequence text, int room) {
        for (int i = room - 1; i > 0; i--) {
            if (BREAKS.indexOf(text.charAt(i)) >= 0) {
                return i + 1;
            }
        }
        return Character.isHighSurrogate(text.charAt(room - 1)) && room > 1 ? room - 1 : room;
    }
}
