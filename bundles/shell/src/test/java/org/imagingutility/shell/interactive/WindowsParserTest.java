package org.imagingutility.shell.interactive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.felix.gogo.jline.Parser;
import org.imagingutility.shell.session.Gogo;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.Parser.ParseContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WindowsParserTest {
    private final Gogo gogo = new Gogo(true);

    @AfterEach
    void close() {
        gogo.close();
    }

    private static List<Arguments> words() {
        List<Arguments> words = new ArrayList<>();
        words.add(Arguments.of("note C:\\us", "C:\\us", "C:\\users\\", "C:\\users\\"));
        words.add(Arguments.of("note --out C:\\users\\n", "C:\\users\\n", "C:\\users\\new folder", "'C:\\users\\new folder'"));
        words.add(Arguments.of("note 'C:\\my f", "C:\\my f", "C:\\my files", "'C:\\my files'"));
        words.add(Arguments.of("note \"C:\\my f", "C:\\my f", "C:\\my files", "\"C:\\my files\""));
        words.add(Arguments.of("note \\\\Server\\Ba", "\\\\Server\\Ba", "\\\\Server\\Backups\\", "\\\\Server\\Backups\\"));
        words.add(Arguments.of("note C:\\a\\b C:\\it", "C:\\it", "C:\\it's", "\"C:\\it's\""));
        words.add(Arguments.of("note C:\\a\\", "C:\\a\\", "C:\\a\\b", "C:\\a\\b"));
        return words;
    }

    /** What JLine does: it takes the word out of the line, by its place there, and puts the candidate in. */
    @ParameterizedTest
    @MethodSource("words")
    void completesNamesWhereTheyWereTyped(String line, String word, String candidate, String inserted) {
        CompletingParsedLine parsed = (CompletingParsedLine) new WindowsParser(new Parser()).parse(line, line.length(), ParseContext.COMPLETE);
        assertThat(parsed.word().substring(0, parsed.wordCursor())).isEqualTo(word);
        assertThat(parsed.words().get(0)).isEqualTo("note");
        String before = line.substring(0, line.length() - parsed.rawWordCursor());
        String completed = before + parsed.escape(candidate, true);
        assertThat(completed).isEqualTo(line.substring(0, line.lastIndexOf(line.contains("'") || line.contains("\"")
                ? " " + line.replaceFirst("^note ", "") : " " + word) + 1) + inserted);
        assertThat(parsed.rawWordLength()).isEqualTo(parsed.rawWordCursor());
        assertThat(gogo.session.run(completed)).as(gogo.err()).isZero();
        assertThat(gogo.noted.get(0)).endsWith(candidate);
    }
}
