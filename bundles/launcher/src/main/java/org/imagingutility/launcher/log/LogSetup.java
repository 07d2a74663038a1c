package org.imagingutility.launcher.log;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;

/**
 * Leads what is logged to {@link LogFile}. Made by java.util.logging itself when something is logged for the first time, so
 * that a run that logs nothing pays nothing.
 */
public final class LogSetup {
    private static final String PROPERTY = "java.util.logging.config.class";
    private static final String FILE = "java.util.logging.config.file";

    /**
     * Called by java.util.logging.
     *
     * @throws IOException never, the text being in memory
     */
    public LogSetup() throws IOException {
        String text = ".level=INFO\nhandlers=" + LogFile.class.getName() + "\n";
        LogManager.getLogManager().readConfiguration(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** Has it made when it is needed, unless the user configures java.util.logging in another way. */
    public static void prepare() {
        if (System.getProperty(FILE) == null && System.getProperty(PROPERTY) == null) {
            System.setProperty(PROPERTY, LogSetup.class.getName());
        }
    }
}
