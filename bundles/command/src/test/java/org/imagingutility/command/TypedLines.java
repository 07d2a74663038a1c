package org.imagingutility.command;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.imagingutility.command.console.Console;

/** What tests of command lines have in common: they type one and look at what was printed. */
abstract class TypedLines {
    /** What the last command printed on standard output. */
    String out;
    /** What the last command printed on standard error. */
    String err;
    /** Environment of the next command. */
    Map<String, String> environment = Map.of();
    /** Size of the terminal of the next command as {@code stty size} says it, null without a terminal. */
    String terminal;

    /** Runs a command line and returns its exit code. */
    int run(CommandLineRunner runner, String... args) {
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        Console console = Console.of(new PrintStream(outBytes, true, StandardCharsets.UTF_8),
                new PrintStream(errBytes, true, StandardCharsets.UTF_8), terminal, environment);
        int exitCode = runner.run(args, console);
        out = outBytes.toString(StandardCharsets.UTF_8);
        err = errBytes.toString(StandardCharsets.UTF_8);
        return exitCode;
    }
}
