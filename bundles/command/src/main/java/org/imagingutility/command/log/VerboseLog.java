package org.imagingutility.command.log;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Shows what is logged on a stream, in the form it has in the file, until it is closed. */
public final class VerboseLog implements AutoCloseable {
    private final Logger root = Logger.getLogger("");
    private final Handler handler;

    /** Begins to show. {@code drawnOver} says whether a bar may stand in the line that the cursor is in. */
    public VerboseLog(PrintStream out, boolean drawnOver) {
        Formatter form = Arrays.stream(root.getHandlers()).map(Handler::getFormatter)
                .filter(formatter -> formatter != null).findFirst().orElseGet(SimpleFormatter::new);
        handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                if (isLoggable(record)) {
                    out.print((drawnOver ? "\r\u001b[K" : "") + form.format(record));
                    out.flush();
                }
            }

            @Override
            public void flush() {
                out.flush();
            }

            @Override
            public void close() {
                out.flush();
            }
        };
        handler.setLevel(Level.ALL);
        root.addHandler(handler);
    }

    @Override
    public void close() {
        root.removeHandler(handler);
    }
}
