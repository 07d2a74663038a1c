package org.imagingutility.command.console;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import java.util.OptionalInt;

/**
 * Finds out on Windows what the start program tells there (Java alone does not, {@code java -jar lib/launcher.jar}): whether standard
 * output and standard error are a console, each by itself, and how wide it is. Java tells only of all streams together. Safe for
 * several threads.
 */
final class WindowsConsole {
    /** Set by the start program whatever the streams are. */
    private static final String STARTED = "imaging.arguments";
    /** STD_OUTPUT_HANDLE and STD_ERROR_HANDLE of processenv.h. */
    private static final int OUT = -11;
    private static final int ERR = -12;
    /** Of consoleapi.h: the console takes escape sequences, by which lines are drawn over. */
    private static final int ENABLE_VIRTUAL_TERMINAL_PROCESSING = 4;
    /** CONSOLE_SCREEN_BUFFER_INFO of wincontypes.h: bytes, and the window's left and right column, 2 bytes each. */
    private static final int INFO_BYTES = 22;
    private static final int LEFT = 10;
    private static final int RIGHT = 14;

    /** Where answers come from. */
    interface Streams {
        /** Returns the characters in a line of the console that a stream is; empty if it is none, or none to be drawn on. */
        OptionalInt columns(int stream);
    }

    private WindowsConsole() {
    }

    /** Says of this process what no start program has said. */
    static void publish() {
        boolean told = System.getProperty(STARTED) != null || System.getProperty(Console.TERMINAL) != null;
        if (told || !System.getProperty("os.name").startsWith("Windows")) {
            return;
        }
        try {
            publish(new Kernel32());
        } catch (LinkageError e) {
            // no JNA: words go to what takes words, line by line
            System.getLogger(WindowsConsole.class.getName()).log(System.Logger.Level.DEBUG, "whether there is a console is not known", e);
        }
    }

    static void publish(Streams streams) {
        OptionalInt columns = streams.columns(ERR);
        if (columns.isPresent()) {
            // rows are of no use
            System.setProperty(Console.TERMINAL, "0 " + columns.getAsInt());
        }
        if (streams.columns(OUT).isPresent()) {
            System.setProperty(Console.OUT_IS_TERMINAL, "true");
        }
    }

    /** The calls of kernel32.dll. Functions are looked up, never registered with a class, so nothing keeps the native library. */
    private static final class Kernel32 implements Streams {
        private final NativeLibrary library = NativeLibrary.getInstance("kernel32");

        @Override
        public OptionalInt columns(int stream) {
            long handle = function("GetStdHandle").invokeLong(new Object[] {stream});
            try (Memory buffer = new Memory(INFO_BYTES)) {
                if (!succeeds("GetConsoleMode", handle, buffer)
                        || !succeeds("SetConsoleMode", handle, buffer.getInt(0) | ENABLE_VIRTUAL_TERMINAL_PROCESSING)
                        || !succeeds("GetConsoleScreenBufferInfo", handle, buffer)) {
                    return OptionalInt.empty();
                }
                int columns = buffer.getShort(RIGHT) - buffer.getShort(LEFT) + 1;
                return columns > 0 ? OptionalInt.of(columns) : OptionalInt.empty();
            }
        }

        private boolean succeeds(String name, Object... arguments) {
            return function(name).invokeInt(arguments) != 0;
        }

        private Function function(String name) {
            return library.getFunction(name, Function.ALT_CONVENTION);
        }
    }
}
