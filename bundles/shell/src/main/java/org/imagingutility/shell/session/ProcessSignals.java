package org.imagingutility.shell.session;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.imagingutility.shell.command.ExitCodes;
import org.imagingutility.shell.command.Foreground;
import org.jline.utils.Signals;

/**
 * Turns SIGTERM, SIGHUP and, where no terminal is edited on, SIGINT into an orderly end of the shell. A signal after that ends the
 * process at once, unless it comes so soon that it has the same cause: of a terminal that is closed both the system and the shell
 * that started this process send SIGHUP.
 */
public final class ProcessSignals implements AutoCloseable {
    private static final int HUP = 1;
    private static final int INT = 2;
    private static final int TERM = 15;
    private static final long SAME_CAUSE = TimeUnit.SECONDS.toNanos(2);
    private final Foreground foreground;
    private OptionalLong first = OptionalLong.empty();
    private final List<Runnable> undo = new ArrayList<>();

    public ProcessSignals(Foreground foreground) {
        this.foreground = foreground;
        handle("TERM", TERM);
        handle("HUP", HUP);
        handle("INT", INT); // the terminal of an interactive shell takes its place
    }

    private void handle(String name, int number) {
        Object previous = Signals.register(name, () -> end(ExitCodes.SIGNAL + number), ProcessSignals.class.getClassLoader());
        if (previous != null) { // null where the system has no such signal
            undo.add(() -> Signals.unregister(name, previous));
        }
    }

    private synchronized void end(int exitCode) {
        long now = System.nanoTime();
        if (first.isPresent() && now - first.getAsLong() >= SAME_CAUSE) {
            Runtime.getRuntime().halt(exitCode);
        }
        first = first.isPresent() ? first : OptionalLong.of(now);
        if (foreground.ended().isEmpty()) {
            foreground.end(exitCode);
        }
    }

    @Override
    public void close() {
        undo.forEach(Runnable::run);
    }
}
