package org.imagingutility.shell;

import java.io.Console;
import java.util.Locale;
import org.jline.terminal.Terminal;
import org.jline.utils.InfoCmp.Capability;

/** What the process's terminal can do. */
final class Terminals {
    private static final int COLOURS = 8;

    private Terminals() {
    }

    /** Says whether a user types and sees what is printed: standard input and output are a terminal. */
    static boolean isInteractive() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // since Java 22 there is a console without a terminal, too
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Says whether to use colours: the terminal has them, and the user did not set NO_COLOR (see no-color.org). */
    static boolean hasColours(Terminal terminal) {
        String unwanted = System.getenv("NO_COLOR");
        Integer colours = terminal.getNumericCapability(Capability.max_colors);
        return (unwanted == null || unwanted.isEmpty()) && colours != null && colours >= COLOURS;
    }

    /** Says whether standard error is a terminal: the start script finds out. */
    static boolean errIsTerminal() {
        return System.getProperty("imaging.terminal") != null
                || System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
    }
}
