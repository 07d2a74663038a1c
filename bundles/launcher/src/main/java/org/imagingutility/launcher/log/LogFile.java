package org.imagingutility.launcher.log;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.ErrorManager;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.imagingutility.launcher.folder.PrivateFolder;

/**
 * The log: {@code imaging.U.G.log} in the log folder, U another number for each process that writes at the same time, G from
 * 0, the present file, upwards. A log that cannot be written is told of once, on standard error, and fails nothing.
 */
public final class LogFile extends Handler implements AutoCloseable {
    /** Five files of 4 MiB are weeks of stories, and little beside one image. */
    private static final int LONGEST = 4 << 20;
    private static final int FILES = 5;
    private final PrintStream err;
    private final AtomicBoolean told = new AtomicBoolean();
    private final Handler file;

    /** Called by java.util.logging: the log of this process. */
    public LogFile() {
        this(LogFolder.find(System.getProperty("imaging.data"), System.getenv(), System.getProperty("user.home"),
                System.getProperty("os.name"), System.getProperty("imaging.branding.folder", "imagingutility")), LONGEST, System.err);
    }

    LogFile(Path folder, int longest, PrintStream err) {
        this.err = err;
        setFormatter(new LogLine());
        setLevel(Level.ALL);
        setErrorManager(new ErrorManager() {
            @Override
            public synchronized void error(String message, Exception error, int code) {
                tell(folder, error == null ? message : error.toString());
            }
        });
        file = open(folder, longest);
    }

    private Handler open(Path folder, int longest) {
        try {
            PrivateFolder.claim(folder);
            PrivateFolder.hide(folder);
            // in a pattern % begins a place-holder
            String pattern = folder.toString().replace("%", "%%") + "/imaging.%u.%g.log";
            Handler handler = new FileHandler(pattern, longest, FILES, true);
            handler.setEncoding("UTF-8");
            handler.setFormatter(getFormatter());
            handler.setLevel(Level.ALL);
            handler.setErrorManager(getErrorManager());
            return handler;
        } catch (IOException | SecurityException e) {
            tell(folder, e.toString());
            return null;
        }
    }

    private void tell(Path folder, String why) {
        if (told.compareAndSet(false, true)) {
            err.println(System.getProperty("imaging.branding.command", "imaging") + ": no log is written to \"" + folder + "\": " + LogLine.safe(why));
        }
    }

    @Override
    public void publish(LogRecord record) {
        if (file != null && isLoggable(record)) {
            file.publish(record);
        }
    }

    @Override
    public void flush() {
        if (file != null) {
            file.flush();
        }
    }

    @Override
    public void close() {
        if (file != null) {
            file.close();
        }
    }
}
