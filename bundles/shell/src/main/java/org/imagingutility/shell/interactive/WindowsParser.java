package org.imagingutility.shell.interactive;

import java.util.List;
import org.imagingutility.shell.platform.WindowsLine;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.SyntaxError;

/** Takes lines apart as {@link WindowsLine} has them run, for editing and completion. */
final class WindowsParser implements Parser {
    /** What ends a word for gogo, or is replaced in one, where no quotes are around it. */
    private static final String NEEDS_QUOTES = " \t#$'();&|<>[]{}*?`~^!,=%@";

    private final Parser gogo;

    WindowsParser(Parser gogo) {
        this.gogo = gogo;
    }

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) throws SyntaxError {
        WindowsLine windows = WindowsLine.of(line);
        ParsedLine parsed = gogo.parse(windows.text(), windows.toText(cursor), context);
        if (!(parsed instanceof CompletingParsedLine completing)) {
            return parsed;
        }
        int begin = windows.toTyped(windows.toText(cursor) - completing.rawWordCursor());
        int end = windows.toTyped(windows.toText(cursor) - completing.rawWordCursor() + completing.rawWordLength());
        return new Typed(completing, line, cursor, begin, end);
    }

    /**
     * A line in the places where it was typed.
     *
     * @param begin where the word with the cursor begins
     * @param end where it ends
     */
    private record Typed(CompletingParsedLine parsed, String line, int cursor, int begin, int end) implements CompletingParsedLine {
        @Override
        public int rawWordCursor() {
            return cursor - begin;
        }

        @Override
        public int rawWordLength() {
            return end - begin;
        }

        /** Quotes a candidate as the word was begun, or where it needs that; no character is one to escape others by. */
        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            char first = begin < end ? line.charAt(begin) : 0;
            String text = candidate.toString();
            if (first != '"' && first != '\'') {
                if (text.chars().noneMatch(c -> NEEDS_QUOTES.indexOf(c) >= 0)) {
                    return text;
                }
                first = text.indexOf('\'') >= 0 ? '"' : '\'';
            }
            return complete ? first + text + first : first + text;
        }

        @Override
        public String word() {
            return parsed.word();
        }

        @Override
        public int wordCursor() {
            // gogo's is beyond the word where that has quotes
            return Math.min(parsed.wordCursor(), parsed.word().length());
        }

        @Override
        public int wordIndex() {
            return parsed.wordIndex();
        }

        @Override
        public List<String> words() {
            return parsed.words();
        }
    }
}
