package org.imagingutility.distribution;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.regex.Pattern;

/** What the build needs of {@code conf/branding.properties}; the rest is for the program. */
record Branding(String product, String command) {
    private static final Pattern COMMAND = Pattern.compile("[a-z][a-z0-9_-]{0,31}");

    static Branding read(Path home) throws IOException {
        Path file = home.resolve("conf/branding.properties");
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            }
        }
        String command = properties.getProperty("command", "imaging").strip();
        if (!COMMAND.matcher(command).matches()) {
            throw new IOException("\"" + file + "\": command is \"" + command + "\", but it names files and must match " + COMMAND);
        }
        return new Branding(properties.getProperty("product", "ImagingUtility").strip(), command);
    }
}
