package org.imagingutility.command.shell;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.imagingutility.api.job.ImagingService;
import org.imagingutility.api.job.JobService;
import org.imagingutility.api.shell.CommandSet;
import org.imagingutility.api.shell.Completion;
import org.imagingutility.api.shell.ShellIo;
import org.imagingutility.command.CommandLineRunner;
import org.imagingutility.command.config.Configuration;
import org.imagingutility.command.console.Console;
import org.imagingutility.command.inspect.RefusedBundles;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The commands in the shell. A delayed component of its own: without a shell nobody asks for it and it costs nothing. */
@Component(service = CommandSet.class)
public final class ShellCommands implements CommandSet {
    private static final String HELP = "help";
    /** What a command line in a document begins with: it can be typed here as it stands there. */
    private static final String PROGRAM = "imaging";
    private final ImagingService service;
    private final Configuration configuration;
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile JobService jobs;
    /** What the launcher refused, published by it; there only if it accepts signed bundles alone. */
    @Reference(service = Supplier.class, target = "(imaging.refused=true)", cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC)
    private volatile Supplier<List<Map<String, String>>> refused;

    /** Creates the commands for jobs that {@code service} runs. */
    @Activate
    public ShellCommands(@Reference ImagingService service, @Reference Configuration configuration) {
        this.service = service;
        this.configuration = configuration;
        // the shell looks at its streams when it has its commands
        Console.publish();
    }

    @Override
    public List<String> names() {
        List<String> names = new ArrayList<>(runner(id -> { }).names());
        names.add(HELP);
        names.add(PROGRAM);
        return names;
    }

    @Override
    public int run(List<String> words, ShellIo io) {
        Console plain = new Console(io.out(), io.err(), io.columns(), Console.plainWanted(System.getenv()), io.colours());
        Console console = io.outColumns().isPresent()
                ? plain.onTerminal(io.outColumns().getAsInt(), Charset.defaultCharset()) : plain;
        List<String> line = words.get(0).equals(PROGRAM) ? words.subList(1, words.size()) : words;
        if (line.isEmpty() || line.equals(List.of(HELP))) {
            new ShellHelp(runner(id -> { }), console).print();
            return 0;
        }
        return runner(io::shows).run(line.toArray(String[]::new), console, io::cancelled);
    }

    @Override
    public List<Completion> complete(List<String> words) {
        List<String> line = words.get(0).equals(PROGRAM) ? words.subList(1, words.size()) : words;
        CommandLineRunner runner = runner(id -> { });
        if (line.size() == 1 || line.get(0).equals(HELP) && line.size() == 2) {
            return runner.names().stream().map(name -> new Completion(name, "", true)).toList();
        }
        return new SpecCompletion(runner, new Values(service, jobs)).complete(line);
    }

    private CommandLineRunner runner(Consumer<String> shows) {
        return CommandLineRunner.inShell(service, configuration, () -> jobs, shows).showing(RefusedBundles.of(() -> refused));
    }
}
