package org.imagingutility.shell.interactive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.imagingutility.shell.session.Gogo;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.History;
import org.jline.reader.LineReader;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadersTest {
    private static final Completer NONE = (reader, line, candidates) -> { };
    private final Gogo gogo = new Gogo();
    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        gogo.close();
    }

    @Test
    void theNextShellFindsWhatWasTyped() throws IOException {
        Path state = folder.resolve("a").resolve("state");
        LineReader first = reader("note one\nexit!\n", state);
        assertThat(first.readLine("> ")).isEqualTo("note one");
        assertThat(first.readLine("> ")).as("an exclamation mark is a letter").isEqualTo("exit!");
        first.getHistory().save();
        assertThat(Files.readAllLines(state.resolve("history"))).containsExactly("note one", "exit!");
        LineReader second = reader("note two\n", state);
        assertThat(second.readLine("> ")).isEqualTo("note two"); // the first reading loads what was kept
        assertThat(second.getHistory()).extracting(History.Entry::line).containsExactly("note one", "exit!", "note two");
    }

    @Test
    void aHomeThatCannotBeWrittenCostsTheHistoryOnly() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        LineReader reader = reader("note one\n", file.resolve("state"));
        assertThat(reader.readLine("> ")).isEqualTo("note one");
        reader.getHistory().save();
        assertThat(reader.getHistory().get(reader.getHistory().last())).isEqualTo("note one");
    }

    @Test
    void completesCommandsNumbersOfBundlesAndFiles() throws IOException {
        FakeContext context = new FakeContext();
        context.bundle(12, "file:a.jar");
        gogo.processor.addCommand("felix", this, "stop");
        gogo.processor.addCommand("gogo", this, "_hidden");
        Files.createFile(folder.resolve("notes.txt"));
        // none of a command set: those are tried where there is a container
        Completer completer = new LineCompleter(context.asContext(), words -> null, gogo.session());
        assertThat(complete(completer, "no")).contains("note", "stop", "echo").doesNotContain("_hidden");
        assertThat(complete(completer, "stop ")).containsExactly("12", "bundle12");
        assertThat(complete(completer, "felix:stop 1")).containsExactly("12", "bundle12");
        assertThat(complete(completer, "cat " + folder + File.separator)).contains(folder + File.separator + "notes.txt");
    }

    @Test
    void completesAWordThatBeginsWithAQuote() throws IOException {
        List<List<String>> asked = new ArrayList<>();
        Completer completer = new LineCompleter(new FakeContext().asContext(), words -> {
            asked.add(words);
            return List.of();
        }, gogo.session());
        complete(completer, "note 'my fi");
        complete(completer, "note \"my fi");
        assertThat(asked).containsExactly(List.of("note", "my fi"), List.of("note", "my fi"));
    }

    /** Called by nobody: commands of that name exist. */
    public void stop() {
        throw new AssertionError();
    }

    private List<String> complete(Completer completer, String line) throws IOException {
        LineReader reader = reader("", folder);
        List<Candidate> candidates = new ArrayList<>();
        completer.complete(reader, ((LineReaderImpl) reader).getParser().parse(line, line.length(), org.jline.reader.Parser.ParseContext.COMPLETE),
                candidates);
        return candidates.stream().map(Candidate::value).toList();
    }

    private LineReader reader(String typed, Path state) throws IOException {
        Terminal terminal = new DumbTerminal(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)), new ByteArrayOutputStream());
        return Readers.create(terminal, gogo.session(), NONE, false, state);
    }
}
