package org.imagingutility.launcher.profile;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Properties;

/**
 * Which bundles only some commands can need: {@code lib/only-for.properties}, made with the distribution, has a line for
 * each, the jar's name and the commands. Other commands start sooner without them.
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

    /** Says whether a run with these arguments can do without {@code jar}: none of them is one of its commands. */
    boolean isSpared(Path jar, List<String> arguments) {
        String commands = commandsByJar.getProperty(jar.getFileName().toString());
        return commands != null && Collections.disjoint(Arrays.asList(commands.strip().split("\\s+")), arguments);
    }
}
