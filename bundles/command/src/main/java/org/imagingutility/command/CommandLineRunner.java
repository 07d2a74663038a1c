package org.imagingutility.command;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.imagingutility.api.job.ImagingService;
import org.imagingutility.command.text.Shown;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs one command line: parses it, runs the command, reports a failure, gives the exit code. Safe for several threads. */
final class CommandLineRunner {
    private static final int MIN_HELP_COLUMNS = 80;
    private static final int MAX_HELP_COLUMNS = 120;
    private final ImagingService service;
    private final boolean processEndsWithCommand;

    /** Creates a runner. {@code processEndsWithCommand} says whether the caller halts the process after {@link #run}. */
    CommandLineRunner(ImagingService service, boolean processEndsWithCommand) {
        this.service = service;
        this.processEndsWithCommand = processEndsWithCommand;
    }

    /** Returns the commands by their names, in the order of the help. */
    static Map<String, Supplier<Object>> commands() {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("list", ListCommand::new);
        commands.put("image", ImageCommand::new);
        commands.put("verify", VerifyCommand::new);
        commands.put("info", InfoCommand::new);
        commands.put("restore", RestoreCommand::new);
        commands.put("export-raw", ExportRawCommand::new);
        commands.put("export-range", ExportRangeCommand::new);
        commands.put("plugins", PluginsCommand::new);
        commands.put("demo", DemoCommand::new);
        return commands;
    }

    /** Runs the command line {@code args} and returns the exit code. */
    int run(String[] args, Console console) {
        try (Cancellation cancellation = new Cancellation(console.err(), processEndsWithCommand)) {
            return run(args, console, new ImagingCommand(service, console, cancellation));
        } finally {
            console.flush();
        }
    }

    private static int run(String[] args, Console console, ImagingCommand root) {
        try {
            return commandLine(root, args, console).execute(args);
        } catch (OutOfMemoryError | StackOverflowError | LinkageError e) {
            // picocli hands exceptions to its handler, but errors through
            return new Failures(console, root.verbose(), root.progressMode()).report(e);
        }
    }

    private static CommandLine commandLine(ImagingCommand root, String[] args, Console console) {
        CommandLine line = new CommandLine(root);
        Map<String, Supplier<Object>> commands = commands();
        // a command line that begins with a command needs that one only; reading the annotations of all takes time
        boolean known = args.length > 0 && commands.containsKey(args[0]);
        commands.forEach((name, command) -> {
            if (!known || name.equals(args[0])) {
                line.addSubcommand(name, command.get());
            }
        });
        return line
                .setExpandAtFiles(false) // "@" may begin a file name
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setUsageHelpWidth(Math.min(MAX_HELP_COLUMNS, Math.max(MIN_HELP_COLUMNS, console.terminalColumns().orElse(0))))
                .setOut(new PrintWriter(console.out(), true))
                .setErr(new PrintWriter(console.err(), true))
                .setParameterExceptionHandler((error, ignored) -> usageError(error, console))
                .setExecutionExceptionHandler((error, failed, result) -> ImagingCommand.failures(failed, console).report(error));
    }

    private static int usageError(ParameterException found, Console console) {
        ParameterException error = unknownFirst(found);
        console.err().println("imaging: " + Shown.safe(error.getMessage()));
        if (error instanceof UnmatchedArgumentException) {
            PrintWriter writer = error.getCommandLine().getErr();
            UnmatchedArgumentException.printSuggestions(error, writer);
            writer.flush();
        }
        console.err().println("Try '" + error.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
        return ExitCodes.USAGE;
    }

    /** A misspelt option is what the user wants to hear of, not that the right one is missing. */
    private static ParameterException unknownFirst(ParameterException error) {
        List<String> unknown = error.getCommandLine().getUnmatchedArguments();
        return error instanceof MissingParameterException && !unknown.isEmpty()
                ? new UnmatchedArgumentException(error.getCommandLine(), unknown) : error;
    }
}
