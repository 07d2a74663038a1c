package org.imagingutility.shell.interactive;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOError;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.apache.felix.service.command.CommandProcessor;
import org.imagingutility.shell.command.ExitCodes;
import org.imagingutility.shell.command.Foreground;
import org.imagingutility.shell.command.GogoCommands;
import org.imagingutility.shell.platform.Brand;
import org.imagingutility.shell.platform.Terminals;
import org.imagingutility.shell.session.Session;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;
import org.osgi.framework.BundleContext;

/** The shell on a terminal: prompt, line editing, and the question before it is left while jobs run. */
public final class Interactive implements AutoCloseable {
    private static final int HUP = 1;
    private final Foreground foreground;
    private final RunningJobs jobs;
    private final Terminal terminal;
    private final Session session;
    private final LineReader reader;
    private final Notices notices;
    private final Prompt prompt;
    private final Thread thread = Thread.currentThread();

    public Interactive(BundleContext context, CommandProcessor processor, Foreground foreground, RunningJobs jobs,
            GogoCommands commands) throws IOException {
        this.foreground = foreground;
        this.jobs = jobs;
        terminal = TerminalBuilder.builder().name("imaging").system(true).nativeSignals(true)
                .signalHandler(Terminal.SignalHandler.SIG_IGN).build();
        OutputStream err = Terminals.errIsTerminal() ? terminal.output() : new FileOutputStream(FileDescriptor.err);
        session = new Session(processor, foreground, terminal.input(), terminal.output(), err);
        boolean colours = Terminals.hasColours(terminal);
        prompt = new Prompt(Brand.ofProcess().command(), jobs, colours);
        reader = Readers.create(terminal, session.gogo(), new LineCompleter(context, commands::complete, session.gogo()), colours);
        notices = new Notices(context, reader, prompt, foreground);
        terminal.handle(Signal.INT, signal -> foreground.cancel());
        foreground.onEnd(thread::interrupt);
    }

    /** Reads and runs lines until the user leaves; returns the exit code. */
    public int run() {
        Welcome.print(terminal, jobs);
        while (foreground.ended().isEmpty()) {
            try {
                session.run(read(prompt.text()));
                OptionalInt exit = session.takeExitCode();
                if (exit.isPresent() && mayLeave()) {
                    return leave(exit.getAsInt());
                }
            } catch (UserInterruptException e) {
                // Ctrl+C while a line is typed: it is dropped
                notices.flush();
                continue;
            } catch (EndOfFileException e) {
                if (foreground.ended().isEmpty() && mayLeave()) {
                    return leave(ExitCodes.DONE);
                }
            }
            notices.flush();
        }
        return leave(foreground.ended().getAsInt());
    }

    /** Reads a line. A terminal that was closed fails in as many ways as it has calls: all of them are the end of the shell. */
    private String read(String asked) {
        try {
            return reader.readLine(asked);
        } catch (UserInterruptException | EndOfFileException e) {
            throw e;
        } catch (IOError | RuntimeException e) {
            System.getLogger(Interactive.class.getPackageName()).log(System.Logger.Level.WARNING, "the terminal is gone: " + e);
            foreground.end(ExitCodes.SIGNAL + HUP);
            throw new EndOfFileException(e);
        }
    }

    /** Asks, if jobs run. Whatever is not a clear yes means to stay, and so does Ctrl+C; the end of the input means to leave. */
    private boolean mayLeave() {
        int live = jobs.live().size();
        if (live == 0) {
            return true;
        }
        prompt.asking(true);
        try {
            String question = Leaving.count(live) + " running. Leave and interrupt " + (live == 1 ? "it" : "them")
                    + " (to go on: \"resume\")? [y/N]";
            String answer = read(String.join("\n", Welcome.lines(question, terminal.getWidth() - 1)) + " ");
            return List.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT));
        } catch (UserInterruptException e) {
            return false;
        } catch (EndOfFileException e) {
            return true;
        } finally {
            prompt.asking(false);
        }
    }

    private int leave(int exitCode) {
        Thread.interrupted(); // what ended the reading must not end the stopping
        notices.close();
        if (!foreground.isReplaced()) {
            Leaving.interruptJobs(jobs, new PrintStream(terminal.output(), true));
        }
        return exitCode;
    }

    @Override
    public void close() throws IOException {
        foreground.onEnd(() -> { });
        Thread.interrupted();
        notices.close();
        session.close();
        reader.getHistory().save();
        terminal.close();
    }
}
