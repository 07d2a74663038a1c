package org.imagingutility.command;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.imagingutility.api.file.FilePaths;
import org.imagingutility.api.job.ImagingService;
import org.imagingutility.api.job.JobService;
import org.imagingutility.command.config.Configuration;
import org.imagingutility.command.console.Branding;
import org.imagingutility.command.console.Cancellation;
import org.imagingutility.command.console.Console;
import org.imagingutility.command.console.ExitCodes;
import org.imagingutility.command.console.Failures;
import org.imagingutility.command.inspect.RefusedBundles;
import org.imagingutility.command.options.ConfiguredDefaults;
import org.imagingutility.command.root.DetachableCommand;
import org.imagingutility.command.root.DetachedException;
import org.imagingutility.command.root.ImagingCommand;
import org.imagingutility.command.root.JobAccess;
import org.imagingutility.command.text.ProgramName;
import org.imagingutility.command.text.TerminalStream;
import org.imagingutility.command.text.WrappingWriter;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** Runs one command line: parses it, runs the command, reports a failure, gives the exit code. Safe for several threads. */
public final class CommandLineRunner {
    private static final int HELP_COLUMNS = 80;
    /** The least for options beside what they are; on narrower terminals that stands below them. */
    private static final int MIN_HELP_COLUMNS = 60;
    private static final int MAX_HELP_COLUMNS = 120;
    /** So that picocli breaks no line: those that are too long are broken when they are written. */
    private static final int UNBROKEN_COLUMNS = 2000;
    /** Commands whose values may be empty: what a setting is to be. */
    private static final List<String> SETTERS = List.of("config", "log-level");
    private final ImagingService service;
    private final Configuration configuration;
    private final JobAccess jobs;
    private final RefusedBundles refused;
    private final boolean processEndsWithCommand;

    /** Creates a runner without a job service. {@code processEndsWithCommand} says whether the caller halts the process after {@link #run}. */
    CommandLineRunner(ImagingService service, Configuration configuration, boolean processEndsWithCommand) {
        this(service, configuration, JobAccess.ofProcess(() -> null), RefusedBundles.NONE, processEndsWithCommand);
    }

    private CommandLineRunner(ImagingService service, Configuration configuration, JobAccess jobs, RefusedBundles refused,
            boolean processEndsWithCommand) {
        this.service = service;
        this.configuration = configuration;
        this.jobs = jobs;
        this.refused = refused;
        this.processEndsWithCommand = processEndsWithCommand;
    }

    /** Creates a runner for a process that the caller halts after {@link #run}. */
    static CommandLineRunner ofProcess(ImagingService service, Configuration configuration, Supplier<JobService> jobs) {
        return new CommandLineRunner(service, configuration, JobAccess.ofProcess(jobs), RefusedBundles.NONE, true);
    }

    /** Creates a runner for a command in a shell; {@code shows} is told the ids of jobs whose end the command shows. */
    public static CommandLineRunner inShell(ImagingService service, Configuration configuration, Supplier<JobService> jobs,
            Consumer<String> shows) {
        return new CommandLineRunner(service, configuration, new JobAccess(jobs, true, shows), RefusedBundles.NONE, false);
    }

    /** Returns a runner that shows those as refused. */
    public CommandLineRunner showing(RefusedBundles newRefused) {
        return new CommandLineRunner(service, configuration, jobs, newRefused, processEndsWithCommand);
    }

    /** Returns the names of all commands, in the order of the help. */
    public List<String> names() {
        return table().names();
    }

    private CommandTable table() {
        return new CommandTable(jobs.inShell(), refused);
    }

    /** Runs the command line {@code args} and returns the exit code; Ctrl+C ends the process in order. */
    int run(String[] args, Console console) {
        try (Cancellation cancellation = new Cancellation(console.err(), processEndsWithCommand)) {
            return run(args, console, cancellation::asked);
        }
    }

    /** Runs the command line {@code args} and returns the exit code; {@code cancelled} says whether the user wants it to stop. */
    public int run(String[] args, Console console, BooleanSupplier cancelled) {
        int exitCode = execute(args, console, cancelled);
        if (console.flush()) {
            return exitCode;
        }
        console.err().println(ProgramName.ofProcess() + ": standard output is full or closed: not all of the result was written");
        return exitCode == ExitCodes.DONE || exitCode == ExitCodes.RECORDED ? ExitCodes.TARGET : exitCode;
    }

    private int execute(String[] args, Console console, BooleanSupplier cancelled) {
        ImagingCommand root = new ImagingCommand(service, configuration, jobs, console, cancelled);
        try {
            String[] line = helpAsOption(args);
            if (jobs.inShell() && isChanged(args)) {
                console.err().println(ProgramName.ofProcess() + ": an argument has bytes that are no characters in the terminal's "
                        + "character set: it would name another file");
                return ExitCodes.USAGE;
            }
            return commandLine(root, line, console).execute(line);
        } catch (OutOfMemoryError | StackOverflowError | LinkageError e) {
            // picocli hands exceptions to its handler, but errors through
            return new Failures(console, root.verbose(), root.progressMode()).report(e);
        }
    }

    /**
     * Says whether a word holds the character that stands for what could not be read of the terminal or a script, or one that no
     * name can have. (The arguments of a process were looked at before, byte by byte.)
     */
    private static boolean isChanged(String[] args) {
        for (String arg : args) {
            if (arg.indexOf('\ufffd') >= 0 || arg.indexOf('\0') >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Returns what the options and parameters of one command are, or all commands if there is none of that name. */
    public CommandLine specification(String name, Console console) {
        return commandLine(new ImagingCommand(service, configuration, jobs, console, () -> false), new String[] {name}, console);
    }

    /** Takes {@code help} for {@code --help} and {@code help verify} for {@code verify --help}. */
    private String[] helpAsOption(String[] args) {
        if (args.length == 0 || !args[0].equals("help")) {
            return args;
        }
        if (args.length == 1) {
            return new String[] {"--help"};
        }
        // what is no command is told to be none
        return names().contains(args[1]) ? new String[] {args[1], "--help"} : new String[] {args[1]};
    }

    private CommandLine commandLine(ImagingCommand root, String[] args, Console console) {
        CommandLine line = new CommandLine(root);
        // a command line that begins with a command needs that one only; reading the annotations of all takes time
        CommandTable table = table();
        boolean known = args.length > 0 && table.names().contains(args[0]);
        for (String name : known ? List.of(args[0]) : table.names()) {
            line.addSubcommand(name, table.command(name));
            if (jobs.inShell()) {
                asInShell(line.getSubcommands().get(name), root);
            }
        }
        Branding.ofProcess().applyTo(line);
        int columns = TerminalStream.columns(console.out()).orElse(HELP_COLUMNS);
        return line
                .setDefaultValueProvider(new ConfiguredDefaults(configuration))
                .registerConverter(String.class, known && SETTERS.contains(args[0]) ? value -> value : CommandLineRunner::text)
                .registerConverter(Path.class, CommandLineRunner::path)
                .setExpandAtFiles(false) // "@" may begin a file name
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setColorScheme(CommandLine.Help.defaultColorScheme(console.colours() ? Ansi.ON : Ansi.OFF))
                .setUsageHelpWidth(columns < MIN_HELP_COLUMNS ? UNBROKEN_COLUMNS : Math.min(MAX_HELP_COLUMNS, columns))
                .setOut(new PrintWriter(new WrappingWriter(console.out(), columns), true))
                .setErr(new PrintWriter(new OutputStreamWriter(console.err(), Charset.defaultCharset()), true))
                .setParameterExceptionHandler((error, ignored) -> new UsageErrors(console, jobs.inShell()).report(error))
                .setExecutionExceptionHandler((error, failed, result) -> failure(error, failed, console));
    }

    /** No device, file, folder, name or number of a job is empty: a variable of a script is, that was not set. */
    private static String text(String value) {
        if (value.isEmpty()) {
            throw new TypeConversionException("it is empty");
        }
        return value;
    }

    private static Path path(String value) {
        try {
            return FilePaths.of(text(value));
        } catch (InvalidPathException e) {
            throw new TypeConversionException("\"" + value + "\" cannot be a file name: " + e.getReason());
        }
    }

    /** Makes the help show what is typed in a shell, and lets commands that run a job leave it to itself. */
    private static void asInShell(CommandLine command, ImagingCommand root) {
        CommandSpec spec = command.getCommandSpec();
        String[] synopsis = spec.usageMessage().customSynopsis();
        spec.usageMessage().customSynopsis(Arrays.stream(synopsis).map(line -> line.replaceFirst("^imaging ", ""))
                .toArray(String[]::new));
        if (spec.userObject() instanceof DetachableCommand) {
            spec.addOption(OptionSpec.builder("--detach").order(100).type(boolean.class).arity("0")
                    .description("Come back at once and leave the job to itself: jobs, watch and job ID show how it gets on.")
                    .setter(new ISetter() {
                        @Override
                        public <T> T set(T value) {
                            root.detach(Boolean.TRUE.equals(value));
                            return value;
                        }
                    }).build());
        }
    }

    private static int failure(Exception error, CommandLine failed, Console console) {
        if (error instanceof DetachedException detached) {
            ImagingCommand root = (ImagingCommand) failed.getCommandSpec().root().userObject();
            root.result(() -> console.out().println("job " + detached.jobId()), node -> node.put("job", detached.jobId()));
            return ExitCodes.DONE;
        }
        return ImagingCommand.failures(failed, console).report(error);
    }
}
