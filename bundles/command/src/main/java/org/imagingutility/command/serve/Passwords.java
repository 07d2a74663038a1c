package org.imagingutility.command.serve;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.Optional;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.file.FilePaths;

/** Where the password of a server comes from; never from the command line, which other users of the machine can see. */
final class Passwords {
    static final String VARIABLE = "IMAGINGUTILITY_PASSWORD";
    private static final int LONGEST = 1024;

    private Passwords() {
    }

    /** Returns the password of {@code user}: the first line of a file, what the environment has, or what the user types. */
    static char[] of(Optional<String> file, String user, boolean prompting) throws UsageException {
        if (file.isPresent()) {
            return ofFile(file.get());
        }
        String environment = System.getenv(VARIABLE);
        if (environment != null && !environment.isEmpty()) {
            return environment.toCharArray();
        }
        Console console = prompting ? System.console() : null;
        char[] typed = console == null ? null : console.readPassword("Password of %s: ", user);
        if (typed == null || typed.length == 0) {
            throw new UsageException("there is no password of \"" + user + "\"", "--password-file FILE, or " + VARIABLE + " in the environment");
        }
        return typed;
    }

    private static char[] ofFile(String file) throws UsageException {
        try (BufferedReader reader = Files.newBufferedReader(FilePaths.of(file), StandardCharsets.UTF_8)) {
            StringBuilder line = new StringBuilder();
            for (int c = reader.read(); c >= 0 && c != '\n' && c != '\r'; c = reader.read()) {
                if (line.length() == LONGEST) {
                    throw new UsageException("\"" + file + "\" has more than " + LONGEST + " characters in its first line", null);
                }
                line.append((char) c);
            }
            if (line.length() == 0) {
                throw new UsageException("\"" + file + "\" has no password in its first line", null);
            }
            return line.toString().toCharArray();
        } catch (IOException | InvalidPathException e) {
            throw new UsageException("the password in \"" + file + "\" cannot be read: " + e.getMessage(), null);
        }
    }
}
