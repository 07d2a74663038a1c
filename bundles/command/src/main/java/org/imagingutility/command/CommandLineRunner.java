package org.imagingutility.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.job.ImagingService;
import org.imagingutility.command.text.Shown;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs one command line: parses it, runs the command, reports a failure, gives the exit code. Safe for several threads. */
final class CommandLineRunner {
    /** The commands, in the order of the help. */
    static final List<String> COMMANDS = List.of("list", "image", "verify", "info", "restore", "repair", "export-raw",
            "export-range", "plugins", "demo");
    private static final int MIN_HELP_COLUMNS = 80;
    private static final int MAX_HELP_COLUMNS = 120;
    private final ImagingService service;
    private final boolean processEndsWithCommand;

    /** Creates a runner. {@code processEndsWithCommand} says whether the caller halts the process after {@link #run}. */
    CommandLineRunner(ImagingService service, boolean processEndsWithCommand) {
        this.service = service;
        this.processEndsWithCommand = processEndsWithCommand;
    }

    /** Returns a new command of that name. (No table of constructors: linking nine of them takes longer than the command.) */
    private static Object command(String name) {
        return switch (name) {
            case "list" -> new ListCommand();
            case "image" -> new ImageCommand();
            case "verify" -> new VerifyCommand();
            case "info" -> new InfoCommand();
            case "restore" -> new RestoreCommand();
            case "repair" -> new RepairCommand();
            case "export-raw" -> new ExportRawCommand();
            case "export-range" -> new ExportRangeCommand();
            case "plugins" -> new PluginsCommand();
            case "demo" -> new DemoCommand();
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** Runs the command line {@code args} and returns the exit code. */
    int run(String[] args, Console console) {
        try (Cancellation cancellation = new Cancellation(console.err(), processEndsWithCommand)) {
            return run(args, console, new ImagingCommand(service, console, cancellation));
        } finally {
            console.flush();
        }
    }

    private static int run(String[] typed, Console console, ImagingCommand root) {
        try {
            String[] args = helpAsOption(typed);
            return commandLine(root, args, console).execute(args);
        } catch (OutOfMemoryError | StackOverflowError | LinkageError e) {
            // picocli hands exceptions to its handler, but errors through
            return new Failures(console, root.verbose(), root.progressMode()).report(e);
        }
    }

    /** Takes {@code help} for {@code --help} and {@code help verify} for {@code verify --help}. */
    private static String[] helpAsOption(String[] args) {
        if (args.length == 0 || !args[0].equals("help")) {
            return args;
        }
        return args.length == 1 ? new String[] {"--help"} : new String[] {args[1], "--help"};
    }

    private static CommandLine commandLine(ImagingCommand root, String[] args, Console console) {
        CommandLine line = new CommandLine(root);
        // a command line that begins with a command needs that one only; reading the annotations of all takes time
        boolean known = args.length > 0 && COMMANDS.contains(args[0]);
        for (String name : known ? List.of(args[0]) : COMMANDS) {
            line.addSubcommand(name, command(name));
        }
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
        if (error instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
            NearestSpelling.of(unmatched.getUnmatched().get(0), names(error.getCommandLine()))
                    .ifPresent(name -> console.err().println("Did you mean " + name + "?"));
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

    private static List<String> names(CommandLine commandLine) {
        List<String> names = new ArrayList<>(commandLine.getSubcommands().keySet());
        commandLine.getCommandSpec().options().forEach(option -> names.addAll(List.of(option.names())));
        return names;
    }
}
