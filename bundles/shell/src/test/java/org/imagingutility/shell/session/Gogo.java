package org.imagingutility.shell.session;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.felix.gogo.jline.Posix;
import org.apache.felix.gogo.jline.Procedural;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.apache.felix.service.threadio.ThreadIO;
import org.imagingutility.shell.command.CommandFailedException;
import org.imagingutility.shell.command.ExitException;
import org.imagingutility.shell.command.Foreground;
import org.imagingutility.shell.platform.WindowsLine;

/** The runtime of gogo without a container, with commands that note what they were given. */
public final class Gogo implements AutoCloseable {
    public final List<List<String>> noted = new ArrayList<>();
    public final Foreground foreground = new Foreground();
    public final CommandProcessorImpl processor;
    public final Session session;
    /** Whether nothing more can be written to standard output. */
    volatile boolean full;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final OutputStream limited = new OutputStream() {
        @Override
        public void write(int b) throws IOException {
            if (full) {
                throw new IOException("No space left on device");
            }
            out.write(b);
        }
    };
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** A command that takes a number and nothing else, as gogo finds it by reflection. */
    public static final class Typed {
        public void typed(org.osgi.framework.Bundle bundle) {
        }
    }

    /** Leaves the streams of the process alone: commands have those of their session. */
    private static final class OwnStreams implements ThreadIO {
        @Override
        public void setStreams(InputStream in, PrintStream out, PrintStream err) {
        }

        @Override
        public void close() {
        }
    }

    public Gogo() {
        this(WindowsLine.isUsed());
    }

    /** {@code windowsLines} says whether lines are typed as on Windows. */
    public Gogo(boolean windowsLines) {
        processor = new CommandProcessorImpl(new OwnStreams());
        command("note", (gogo, arguments) -> {
            noted.add(arguments.stream().map(String::valueOf).toList());
            return null;
        });
        command("fail", (gogo, arguments) -> {
            throw new CommandFailedException("fail", Integer.parseInt(arguments.get(0).toString()));
        });
        command("exit", (gogo, arguments) -> {
            throw new ExitException(Integer.parseInt(arguments.get(0).toString()));
        });
        command("broken", (gogo, arguments) -> {
            throw new IllegalStateException("it is broken");
        });
        command("nothing", (gogo, arguments) -> {
            throw new NullPointerException("Cannot invoke \"String.length()\" because \"x\" is null");
        });
        command("index", (gogo, arguments) -> {
            throw new StringIndexOutOfBoundsException("offset 3, count -1, length 4");
        });
        processor.addCommand("gogo", new Typed(), "typed");
        Procedural control = new Procedural();
        for (String name : List.of("if", "each", "try", "throw", "not")) {
            processor.addCommand("gogo", control, name);
        }
        Posix text = new Posix(processor);
        for (String name : List.of("echo", "grep", "tail", "head", "wc", "cat", "sleep")) {
            processor.addCommand("gogo", text, name);
        }
        session = new Session(processor, foreground, new ByteArrayInputStream(new byte[0]), limited, err, windowsLines);
    }

    public void command(String name, Function function) {
        processor.addCommand("imaging", function, name);
    }

    public CommandSession session() {
        return session.gogo();
    }

    public String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    public String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        session.close();
        processor.stop();
    }
}
