package org.imagingutility.command;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.imagingutility.command.console.Console;
import org.imagingutility.command.console.ExitCodes;
import org.imagingutility.command.text.ProgramName;
import org.imagingutility.command.text.SpellingSuggestion;
import org.imagingutility.command.text.TerminalText;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells a user what is wrong with a command line, in words of its own where the parser speaks of types of Java. */
final class UsageErrors {
    private static final Pattern NUMBER = Pattern.compile("('.*') is not an? (?:int|long)$", Pattern.DOTALL);
    private static final Pattern POSITION = Pattern.compile("positional parameter at index \\S+ \\((\\w+)\\)");
    private final Console console;
    private final boolean inShell;

    UsageErrors(Console console, boolean inShell) {
        this.console = console;
        this.inShell = inShell;
    }

    /** Prints it and returns the exit code. */
    int report(ParameterException found) {
        ParameterException error = unknownFirst(found);
        console.err().println(ProgramName.ofProcess() + ": " + TerminalText.safe(worded(error.getMessage())));
        if (error instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
            SpellingSuggestion.of(unmatched.getUnmatched().get(0), names(error.getCommandLine()))
                    .ifPresent(name -> console.err().println("Did you mean " + name + "?"));
        }
        console.err().println(inShell ? "Try 'help " + error.getCommandLine().getCommandName() + "'."
                : "Try '" + error.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
        return ExitCodes.USAGE;
    }

    private static String worded(String message) {
        return POSITION.matcher(NUMBER.matcher(message).replaceFirst("$1 is no whole number, or too large")).replaceFirst("$1");
    }

    /** A misspelt option is what the user wants to hear of, not that the right one is missing. */
    private static ParameterException unknownFirst(ParameterException error) {
        List<String> unknown = error.getCommandLine().getUnmatchedArguments();
        return error instanceof MissingParameterException && !unknown.isEmpty()
                ? new UnmatchedArgumentException(error.getCommandLine(), unknown) : error;
    }

    private static List<String> names(CommandLine commandLine) {
        List<String> names = new ArrayList<>(commandLine.getSubcommands().keySet());
        commandLine.getCommandSpec().options().forEach(option -> names.addAll(List.of(option.names())));
        return names;
    }
}
