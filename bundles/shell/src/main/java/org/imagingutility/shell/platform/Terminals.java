package org.imagingutility.shell.platform;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.jline.utils.InfoCmp.Capability;

/** What the process's terminal can do. */
public final class Terminals {
    private static final int COLOURS = 8;
    /** Set by the start script to the answer of {@code stty size} if standard error is a terminal, else by the commands. */
    private static final String ERR = "imaging.terminal";
    private static final Pattern SIZE = Pattern.compile("(\\d{1,4}) (\\d{1,4})");

    private Terminals() {
    }

    /** Says whether a user types and sees what is printed: standard input and output are a terminal. */
    public static boolean isInteractive() {
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
    public static boolean hasColours(Terminal terminal) {
        String unwanted = System.getenv("NO_COLOR");
        Integer colours = terminal.getNumericCapability(Capability.max_colors);
        return (unwanted == null || unwanted.isEmpty()) && colours != null && colours >= COLOURS;
    }

    /** Returns a terminal without any abilities, for commands that ask for one; as wide as the one of standard error. */
    public static Terminal plain(InputStream in, OutputStream out) throws IOException {
        Terminal terminal = new DumbTerminal(in, out);
        Matcher size = SIZE.matcher(System.getProperty(ERR, ""));
        if (size.matches()) {
            terminal.setSize(new Size(Integer.parseInt(size.group(2)), Integer.parseInt(size.group(1))));
        }
        return terminal;
    }

    /** Says whether standard error is a terminal: the start script or the commands find out. */
    public static boolean errIsTerminal() {
        return System.getProperty(ERR) != null;
    }
}
