package org.imagingutility.shell;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.Signals;

/**
 * Turns SIGTERM, SIGHUP and, where no terminal is edited on, SIGINT into an orderly end of the shell. The same signal once more
 * ends the process at once.
 */
final class ProcessSignals implements AutoCloseable {
    private static final int HUP = 1;
    private static final int INT = 2;
    private static final int TERM = 15;
    private final Foreground foreground;
    private final List<Runnable> undo = new ArrayList<>();

    ProcessSignals(Foreground foreground) {
        this.foreground = foreground;
        handle("TERM", TERM);
        handle("HUP", HUP);
        handle("INT", INT); // the terminal of an interactive shell takes its place
    }

    private void handle(String name, int number) {
        Object previous = Signals.register(name, () -> {
            if (foreground.ended().isPresent()) {
                Runtime.getRuntime().halt(ExitCodes.SIGNAL + number);
            }
            foreground.end(ExitCodes.SIGNAL + number);
        }, ProcessSignals.class.getClassLoader());
        if (previous != null) { // null where the system has no such signal
            undo.add(() -> Signals.unregister(name, previous));
        }
    }

    @Override
    public void close() {
        undo.forEach(Runnable::run);
    }
}
