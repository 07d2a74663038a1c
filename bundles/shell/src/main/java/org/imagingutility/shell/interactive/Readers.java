package org.imagingutility.shell.interactive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.felix.gogo.jline.Highlighter;
import org.apache.felix.gogo.jline.Parser;
import org.apache.felix.gogo.jline.Shell;
import org.apache.felix.service.command.CommandSession;
import org.imagingutility.api.file.FileRights;
import org.imagingutility.shell.platform.StateFolder;
import org.imagingutility.shell.platform.WindowsLine;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.terminal.Terminal;

/** Makes the line reader: gogo's grammar, completion, history in the user's folder. */
final class Readers {
    private static final int HISTORY_LINES = 2000;

    private Readers() {
    }

    /** Makes the reader of this user. */
    static LineReader create(Terminal terminal, CommandSession session, Completer completer, boolean colours) {
        return create(terminal, session, completer, colours,
                StateFolder.find(System.getenv(), System.getProperty("user.home"), System.getProperty("os.name"),
                        System.getProperty("imaging.branding.folder", "imagingutility")));
    }

    private static org.jline.reader.Parser parser() {
        return WindowsLine.isUsed() ? new WindowsParser(new Parser()) : new Parser();
    }

    /** Makes a reader that keeps its history in {@code folder}, as far as that can be written. */
    static LineReader create(Terminal terminal, CommandSession session, Completer completer, boolean colours, Path folder) {
        LineReaderBuilder builder = LineReaderBuilder.builder().appName("imaging").terminal(terminal).parser(parser())
                .completer(completer)
                .option(LineReader.Option.AUTO_FRESH_LINE, true)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true) // "!" is no more than a letter of a file's name
                .option(LineReader.Option.HISTORY_TIMESTAMPED, false)
                .variable(LineReader.HISTORY_SIZE, HISTORY_LINES)
                .variable(LineReader.HISTORY_FILE_SIZE, HISTORY_LINES)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "      %M> ");
        if (colours) {
            builder.highlighter(new Highlighter(session));
        }
        try {
            Files.createDirectories(folder, FileRights.PRIVATE.ofFolder(folder));
            builder.variable(LineReader.HISTORY_FILE, folder.resolve("history"));
        } catch (IOException | SecurityException e) {
            // a read-only home: the history lasts as long as the shell
            System.getLogger(Readers.class.getName()).log(System.Logger.Level.DEBUG, "no history in " + folder, e);
        }
        LineReader reader = builder.build();
        session.put(Shell.VAR_TERMINAL, terminal);
        session.put(Shell.VAR_READER, reader);
        return reader;
    }
}
