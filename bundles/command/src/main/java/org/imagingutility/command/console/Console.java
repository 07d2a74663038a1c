package org.imagingutility.command.console;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.OptionalInt;
import org.imagingutility.command.text.TerminalStream;

/**
 * Where a command's words go to.
 *
 * @param out results
 * @param err progress, notices and errors
 * @param terminalColumns characters a line of the terminal that {@code err} is; empty if it is none
 * @param plainWanted whether the environment asks for progress as plain lines
 * @param colours whether {@code out} is a terminal with colours and the user wants them
 */
public record Console(PrintStream out, PrintStream err, OptionalInt terminalColumns, boolean plainWanted, boolean colours) {
    /** Set by the start script to the answer of {@code stty size} (rows, columns) if standard error is a terminal, or here. */
    static final String TERMINAL = "imaging.terminal";
    /** Set by the start script to {@code true} if standard output is a terminal as well, or here. */
    static final String OUT_IS_TERMINAL = "imaging.terminal.out";
    private static final int DEFAULT_COLUMNS = 80;

    /** Makes known to all of this process what its streams are, where no start program has done so. */
    public static void publish() {
        WindowsConsole.publish();
    }

    /** Returns the console of this process. */
    public static Console ofProcess() {
        publish();
        Console console = of(System.out, System.err, System.getProperty(TERMINAL), System.getenv());
        return Boolean.getBoolean(OUT_IS_TERMINAL) && console.terminalColumns().isPresent()
                ? console.onTerminal(console.terminalColumns().getAsInt(), ofOutput()) : console;
    }

    /** Returns the encoding of standard output, which Java 17 keeps in a property of its own where it is a terminal. */
    private static Charset ofOutput() {
        String name = System.getProperty("stdout.encoding", System.getProperty("sun.stdout.encoding"));
        return name != null && Charset.isSupported(name) ? Charset.forName(name) : Charset.defaultCharset();
    }

    /** Returns a console whose results go to a terminal with {@code columns} characters a line. */
    public Console onTerminal(int columns, Charset charset) {
        return new Console(new TerminalStream(out, columns, charset), err, terminalColumns, plainWanted, colours);
    }

    public static Console of(PrintStream out, PrintStream err, String terminal, Map<String, String> environment) {
        OptionalInt columns = terminal == null ? OptionalInt.empty()
                : OptionalInt.of(columns(terminal.strip().replaceFirst("^\\d+\\s+", ""),
                        columns(environment.getOrDefault("COLUMNS", ""), DEFAULT_COLUMNS)));
        return new Console(out, err, columns, plainWanted(environment), false);
    }

    /** Says whether the environment asks for progress as plain lines. */
    public static boolean plainWanted(Map<String, String> environment) {
        String plain = environment.getOrDefault("IMAGINGUTILITY_PLAIN", "");
        return !plain.isEmpty() && !plain.equals("0");
    }

    private static int columns(String text, int otherwise) {
        return text.matches("[1-9]\\d{0,4}") ? Integer.parseInt(text) : otherwise;
    }

    /**
     * Writes out what is still on its way. Returns whether all results so far were taken; words that standard error did not take
     * change no result.
     */
    public boolean flush() {
        err.flush();
        return !out.checkError();
    }
}
