package org.imagingutility.shell;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.felix.service.command.CommandProcessor;
import org.imagingutility.api.file.FilePaths;
import org.imagingutility.shell.command.ExitCodes;
import org.imagingutility.shell.command.Foreground;
import org.imagingutility.shell.command.GogoCommands;
import org.imagingutility.shell.interactive.Interactive;
import org.imagingutility.shell.interactive.Leaving;
import org.imagingutility.shell.interactive.RunningJobs;
import org.imagingutility.shell.platform.Brand;
import org.imagingutility.shell.platform.Terminals;
import org.imagingutility.shell.session.Messages;
import org.imagingutility.shell.session.PipedLines;
import org.imagingutility.shell.session.ProcessSignals;
import org.imagingutility.shell.session.Session;
import org.osgi.framework.BundleContext;

/** One shell, from its first line to its last: decides where the lines come from and leaves in order. */
final class Shell implements AutoCloseable {
    private final RunningJobs jobs;
    private final Foreground foreground;
    private final CommandProcessor processor;
    private final GogoCommands commands;
    private final BundleContext context;
    private final ProcessSignals signals;

    Shell(BundleContext context, CommandProcessor processor, Foreground foreground, GogoCommands commands, RunningJobs jobs) {
        this.context = context;
        this.processor = processor;
        this.foreground = foreground;
        this.commands = commands;
        this.jobs = jobs;
        this.signals = new ProcessSignals(foreground);
    }

    /** Runs what {@code args} say: nothing for what is typed, a script and its arguments, or {@code -c} and commands. */
    int run(String[] args) throws IOException {
        if (args.length > 0 && args[0].equals("-c")) {
            return args.length == 1 ? usage("-c needs commands")
                    : script(String.join(" ", Arrays.asList(args).subList(1, args.length)), List.of());
        }
        if (args.length > 0 && args[0].startsWith("-") && !args[0].equals("-")) {
            return usage("there is no option \"" + args[0] + "\"");
        }
        if (args.length > 0 && !args[0].equals("-")) {
            return file(FilePaths.of(args[0]), Arrays.asList(args));
        }
        return args.length == 0 && Terminals.isInteractive() ? interactive() : lines();
    }

    @Override
    public void close() {
        signals.close();
    }

    private int interactive() throws IOException {
        try (Interactive shell = new Interactive(context, processor, foreground, jobs, commands)) {
            return shell.run();
        }
    }

    private int file(Path script, List<String> args) throws IOException {
        String text;
        try {
            text = Files.readString(script, Charset.defaultCharset());
        } catch (NoSuchFileException e) {
            return fail(ExitCodes.INPUT_OUTPUT, "there is no script \"" + script + "\"");
        } catch (IOException e) {
            return fail(ExitCodes.INPUT_OUTPUT, "the script \"" + script + "\" cannot be read: " + Messages.of(e));
        }
        return script(text, args);
    }

    private int script(String text, List<String> args) throws IOException {
        try (Session session = Session.ofProcess(processor, foreground, args)) {
            int exitCode = session.run(text);
            return leave(session.exitCode().orElse(exitCode));
        }
    }

    private int lines() throws IOException {
        try (Session session = Session.ofProcess(processor, foreground, List.of())) {
            return leave(new PipedLines(session, foreground).run(System.in));
        }
    }

    /** Interrupts the jobs that are still live: their process is about to end. */
    private int leave(int exitCode) {
        if (!foreground.isReplaced()) {
            Leaving.interruptJobs(jobs, err());
        }
        return foreground.ended().orElse(exitCode);
    }

    private static int usage(String message) {
        return fail(ExitCodes.USAGE, message + System.lineSeparator() + "Try '" + Brand.ofProcess().command() + " shell --help'.");
    }

    private static int fail(int exitCode, String message) {
        err().println(Messages.begin() + message);
        return exitCode;
    }

    private static PrintStream err() {
        return new PrintStream(new FileOutputStream(FileDescriptor.err), true);
    }
}
