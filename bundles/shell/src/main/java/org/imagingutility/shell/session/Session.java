package org.imagingutility.shell.session;

import java.io.ByteArrayInputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import org.apache.felix.gogo.jline.Shell;
import org.apache.felix.gogo.runtime.CommandNotFoundException;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.imagingutility.shell.command.CommandFailedException;
import org.imagingutility.shell.command.CommandNames;
import org.imagingutility.shell.command.ExitCodes;
import org.imagingutility.shell.command.ExitException;
import org.imagingutility.shell.command.Foreground;
import org.imagingutility.shell.platform.Terminals;
import org.imagingutility.shell.platform.WindowsLine;
import org.jline.reader.impl.ReaderUtils;

/** A session of gogo: runs lines, prints what they give and what went wrong, knows the exit code. Not safe for several threads. */
public final class Session implements AutoCloseable {
    /** This project's commands first, then the text commands, then those for bundles. */
    private static final String SCOPE = "imaging:gogo:felix:*";
    private final CommandSession session;
    private final Foreground foreground;
    private final WatchedOutput watched;
    private final ErrorOutput words;
    private final boolean windowsLines;
    private final PrintStream out;
    private final PrintStream err;
    private OptionalInt exitCode = OptionalInt.empty();

    public Session(CommandProcessor processor, Foreground foreground, InputStream in, OutputStream out, OutputStream err) {
        this(processor, foreground, in, out, err, WindowsLine.isUsed());
    }

    /** {@code windowsLines} says whether lines are typed as on Windows. */
    Session(CommandProcessor processor, Foreground foreground, InputStream in, OutputStream out, OutputStream err, boolean windowsLines) {
        this.windowsLines = windowsLines;
        this.watched = new WatchedOutput(out);
        this.words = new ErrorOutput(err);
        this.session = processor.createSession(in, watched, words);
        this.foreground = foreground;
        this.out = new PrintStream(watched, true);
        this.err = new PrintStream(words, true);
        session.put("SCOPE", SCOPE);
    }

    /** Opens a session on the standard streams; its commands read nothing. {@code args} are a script's name and its arguments. */
    public static Session ofProcess(CommandProcessor processor, Foreground foreground, List<String> args) throws IOException {
        InputStream nothing = new ByteArrayInputStream(new byte[0]);
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        Session session = new Session(processor, foreground, nothing, out, new FileOutputStream(FileDescriptor.err));
        session.session.put(Shell.VAR_TERMINAL, Terminals.plain(nothing, out));
        if (!args.isEmpty()) {
            session.session.put("0", args.get(0));
            session.session.put("args", List.copyOf(args.subList(1, args.size())));
        }
        return session;
    }

    public CommandSession gogo() {
        return session;
    }

    /** Returns the exit code that {@code exit} gave, once it was called. */
    public OptionalInt exitCode() {
        return exitCode;
    }

    /** Returns the same and forgets it. */
    public OptionalInt takeExitCode() {
        OptionalInt taken = exitCode;
        exitCode = OptionalInt.empty();
        return taken;
    }

    /** Runs {@code text}, which may have several lines; stops at the first command that fails and returns its exit code. */
    public int run(CharSequence text) {
        int exitCode = execute(text);
        out.flush();
        try {
            words.finish();
        } catch (IOException e) {
            // what standard error does not take changes no result
            System.getLogger(Session.class.getPackageName()).log(System.Logger.Level.DEBUG, "standard error is gone", e);
        }
        IOException failure = watched.takeFailure();
        if (failure == null || exitCode != ExitCodes.DONE) {
            return exitCode; // a command that failed told it
        }
        err.println(Messages.begin() + "not all could be written to standard output: " + failure.getMessage());
        return ExitCodes.TARGET;
    }

    private int execute(CharSequence text) {
        foreground.begin(session);
        try {
            Object result = session.execute(WindowsLine.forGogo(text, windowsLines));
            if (result != null) {
                out.println(session.format(result, Converter.INSPECT));
            }
            return ExitCodes.DONE;
        } catch (ExitException e) {
            exitCode = OptionalInt.of(e.exitCode());
            return e.exitCode();
        } catch (CommandFailedException e) {
            return e.exitCode();
        } catch (CommandNotFoundException e) {
            notFound(e.getCommand());
            return ExitCodes.USAGE;
        } catch (InterruptedException | CancellationException e) {
            return ExitCodes.SIGNAL + 2;
        } catch (Exception e) {
            // whatever a command of gogo or a method called by a script throws: it has no type of its own
            err.println(Messages.begin() + Messages.of(e));
            return ExitCodes.USAGE;
        } finally {
            foreground.finish();
        }
    }

    private void notFound(String typed) {
        err.println(Messages.begin() + "there is no command \"" + typed + "\"");
        int fewest = Integer.MAX_VALUE;
        String nearest = null;
        for (String name : CommandNames.plain(session)) {
            int changes = ReaderUtils.distance(typed, name);
            if (changes < fewest && 3 * changes <= Math.max(3, Math.min(typed.length(), name.length()))) {
                fewest = changes;
                nearest = name;
            }
        }
        err.println(nearest == null ? "Try 'help'." : "Did you mean " + nearest + "?");
    }

    @Override
    public void close() {
        session.close();
    }
}
