package org.imagingutility.shell.command;

import java.io.PrintStream;
import java.util.OptionalInt;
import org.apache.felix.gogo.jline.Shell;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Process;
import org.imagingutility.api.shell.ShellIo;
import org.imagingutility.shell.platform.Terminals;
import org.jline.terminal.Terminal;

/** The streams of the command that gogo runs in this thread. */
final class ProcessIo implements ShellIo {
    private static final int OUT = 1;
    private static final int ERR = 2;
    private final Process process = Process.Utils.current();
    private final Terminal terminal;
    private final Foreground foreground;

    ProcessIo(CommandSession session, Foreground foreground) {
        this.terminal = Shell.getTerminal(session);
        this.foreground = foreground;
    }

    @Override
    public PrintStream out() {
        return process.out();
    }

    @Override
    public PrintStream err() {
        return process.err();
    }

    @Override
    public OptionalInt columns() {
        return terminal != null && process.isTty(ERR) && Terminals.errIsTerminal() && terminal.getWidth() > 0
                ? OptionalInt.of(terminal.getWidth()) : OptionalInt.empty();
    }

    @Override
    public OptionalInt outColumns() {
        return terminal != null && process.isTty(OUT) && terminal.getWidth() > 0 && Terminals.isInteractive()
                ? OptionalInt.of(terminal.getWidth()) : OptionalInt.empty();
    }

    @Override
    public boolean colours() {
        return terminal != null && process.isTty(OUT) && Terminals.hasColours(terminal);
    }

    @Override
    public boolean cancelled() {
        return foreground.cancelled();
    }

    @Override
    public void shows(String jobId) {
        foreground.shows(jobId);
    }
}
