package org.imagingutility.command.root;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.ImagingService;
import org.imagingutility.api.job.JobService;
import org.imagingutility.command.config.Configuration;
import org.imagingutility.command.console.Console;
import org.imagingutility.command.console.Failures;
import org.imagingutility.command.progress.ProgressMode;
import org.imagingutility.command.text.Json;
import org.imagingutility.command.text.TerminalText;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code imaging}: what all commands have in common. Serves one command line. */
@Command(name = "imaging", sortOptions = false, versionProvider = Version.class,
        description = "Copies volumes and disks into compressed, verifiable images and brings them back.",
        synopsisSubcommandLabel = "COMMAND", commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n", descriptionHeading = "%n",
        footerHeading = "%nExit codes:%n",
        footer = {
            "   0  done",
            "   1  the command line or the request makes no sense",
            "   2  not permitted by the operating system",
            "   3  a device, file system or file cannot be read",
            "   4  the image is damaged, or verification failed",
            "   5  not an image this program can read, or a plug-in is missing",
            "   6  the target is full, exists, or cannot be written",
            "   7  done, but some ranges are recorded as unreadable",
            "   8  there is not enough memory",
            "   9  diff: the two differ",
            " 130  cancelled (Ctrl+C)",
            "",
            "Sizes take K, M, G or T (powers of 1024): 4M, 512MiB, 1G. More on a command: imaging COMMAND --help"})
public final class ImagingCommand implements Callable<Integer> {
    private final ImagingService service;
    private final Configuration configuration;
    private final JobAccess jobs;
    private final Console console;
    private final BooleanSupplier cancelled;
    private boolean detached;

    @Spec
    private CommandSpec spec;

    @Option(names = {"-h", "--help"}, usageHelp = true, scope = ScopeType.INHERIT, order = 101,
            description = "Show this help and exit.")
    private boolean help;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, order = 102,
            description = "Show what is logged while a job runs, and the stack trace of an error.")
    private boolean verbose;

    @Option(names = "--plain", scope = ScopeType.INHERIT, order = 103,
            description = "Show progress as plain lines, not as a bar. IMAGINGUTILITY_PLAIN=1 in the environment does the same.")
    private boolean plain;

    @Option(names = "--progress", scope = ScopeType.INHERIT, order = 104, paramLabel = "MODE",
            description = "How to show progress: bar, plain (a line a second), json (a JSON object a line on standard "
                    + "output, the result as the last one). Default: bar on a terminal, else plain.")
    private ProgressMode progress;

    @Option(names = {"-V", "--version"}, versionHelp = true, order = 105, description = "Show the version and exit.")
    private boolean version;

    public ImagingCommand(ImagingService service, Configuration configuration, JobAccess jobs, Console console, BooleanSupplier cancelled) {
        this.service = service;
        this.configuration = configuration;
        this.jobs = jobs;
        this.console = console;
        this.cancelled = cancelled;
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    /** Returns the service for a job: it runs jobs as those of the job service, so that they are listed and can be controlled. */
    public ImagingService service() {
        if (jobs.inShell()) {
            return ServiceByJobs.of(service, jobs, this);
        }
        JobService current = jobs.current().get();
        return current == null ? service : new ForegroundService(service, current);
    }

    public JobAccess jobs() {
        return jobs;
    }

    /** Returns the service for all that is no job of a user: what only looks, and the steps of the demo. */
    public ImagingService directService() {
        return service;
    }

    /** Says whether the job is to continue by itself, and the command to come back at once. */
    public boolean detached() {
        return detached;
    }

    public void detach(boolean wanted) {
        detached = wanted;
    }

    public boolean cancelled() {
        return cancelled.getAsBoolean();
    }

    public Console console() {
        return console;
    }

    /** Returns the settings. */
    public Configuration configuration() {
        return configuration;
    }

    public boolean verbose() {
        return verbose;
    }

    /**
     * Begins to show a job.
     *
     * @throws UsageException if a file of settings has something that is refused, and nothing earlier is in force
     */
    public JobDisplay beginJob() throws UsageException {
        List<String> problems = configuration.problems();
        if (!problems.isEmpty() && !jobs.inShell()) {
            throw new UsageException(String.join("; ", problems), "correct the file, or \"imaging config --reset KEY\"");
        }
        problems.forEach(line -> console.err().println("imaging: " + TerminalText.safe(line)));
        return new JobDisplay(console, progressMode(), cancelled, verbose);
    }

    public ProgressMode progressMode() {
        if (progress != null) {
            return progress;
        }
        return plain || console.plainWanted() || console.terminalColumns().isEmpty() ? ProgressMode.PLAIN : ProgressMode.BAR;
    }

    /** Shows a result: {@code text} for people, {@code json} as the last line if progress is JSON. */
    public void result(Runnable text, Consumer<Json.Node> json) {
        if (progressMode() == ProgressMode.JSON) {
            new Json(console.out()).line("result", json);
        } else {
            text.run();
        }
    }

    /** Returns the failures of a command line that was parsed with this object as its root. */
    public static Failures failures(CommandLine commandLine, Console console) {
        ImagingCommand root = (ImagingCommand) commandLine.getCommandSpec().root().userObject();
        return new Failures(console, root.verbose(), root.progressMode());
    }
}
