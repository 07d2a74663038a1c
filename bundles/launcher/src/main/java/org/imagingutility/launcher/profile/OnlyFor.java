package org.imagingutility.launcher.profile;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/**
 * Which bundles only some commands can need: {@code lib/only-for.properties}, made with the distribution, has a line for
 * each, the jar's name and the commands. Other commands start sooner without them. Where in the place of a command there is the begin of a
 * reference, {@code s3://}, it is each command that names something which begins so.
 */
record OnlyFor(Properties commandsByJar) {
    private static final String FILE = "only-for.properties";

    /** Reads the file in {@code lib}; without one all commands need all bundles. */
    static OnlyFor read(Path lib) throws IOException {
        Properties properties = new Properties();
        Path file = lib.resolve(FILE);
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                properties.load(reader);
            } catch (IllegalArgumentException e) {
                throw new IOException("\"" + file + "\": " + e.getMessage(), e);
            }
        }
        return new OnlyFor(properties);
    }

    /** Says whether a run with these arguments can do without {@code jar}: none of them is one of its commands, or has one of its references. */
    boolean isSpared(Path jar, List<String> arguments) {
        String commands = commandsByJar.getProperty(jar.getFileName().toString());
        if (commands == null) {
            return false;
        }
        // loops, because the machinery behind a stream takes longer to come up than all that is done here
        for (String command : commands.strip().split("\\s+")) {
            boolean reference = command.endsWith("://");
            for (String argument : arguments) {
                if (reference ? argument.contains(command) : argument.equals(command)) {
                    return false;
                }
            }
        }
        return true;
    }
}
