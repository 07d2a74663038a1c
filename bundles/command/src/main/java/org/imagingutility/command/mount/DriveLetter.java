package org.imagingutility.command.mount;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A drive letter of Windows that leads to a server ({@code net use}); on other systems the words by which a user mounts it. For one thread. */
final class DriveLetter {
    private static final Pattern LETTER = Pattern.compile("\\b([A-Z]:)");
    private static final int MOST_WORDS = 4000;

    private final String wanted;
    private final boolean windows;
    private final Running running;
    private Optional<String> letter = Optional.empty();

    /** Runs a program to its end. */
    @FunctionalInterface
    interface Running {
        /**
         * Runs it.
         *
         * @return what it said
         * @throws IOException if it fails: what it said, in one line
         */
        String run(List<String> command) throws IOException;
    }

    /** Creates it; {@code wanted} is a letter with a colon, or an asterisk for any that is free. */
    DriveLetter(String wanted, boolean windows, Running running) {
        this.wanted = wanted.toUpperCase(Locale.ROOT);
        this.windows = windows;
        this.running = running;
    }

    static DriveLetter ofSystem(String wanted) {
        return new DriveLetter(wanted, System.getProperty("os.name").startsWith("Windows"), DriveLetter::run);
    }

    private static String run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        try (InputStream output = process.getInputStream()) {
            String words = new String(output.readNBytes(MOST_WORDS), Charset.defaultCharset()).strip();
            int code = process.waitFor();
            if (code != 0) {
                throw new IOException(words.isEmpty() ? command.get(0) + " ended with code " + code : words.replaceAll("\\s*\\R\\s*", " "));
            }
            return words;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while " + command.get(0) + " ran");
        }
    }

    /** Has the letter lead to {@code address}, and returns what the user is told. */
    List<String> map(String address) throws IOException {
        if (!windows) {
            return List.of("mount it as root (davfs2): mount -t davfs -o ro " + address + " DIR",
                    "or as any user (GVfs): gio mount " + address.replace("http:", "dav:"),
                    "or copy files (rclone): rclone copy --webdav-url " + address + " :webdav:IMAGE DIR");
        }
        String words = running.run(List.of("net", "use", wanted, address, "/persistent:no"));
        Matcher found = LETTER.matcher(words);
        letter = wanted.equals("*") ? found.find() ? Optional.of(found.group(1)) : Optional.empty() : Optional.of(wanted);
        return List.of("the files are at " + letter.orElse(words) + " until Ctrl+C");
    }

    /** Takes the letter away, if there is one. */
    void unmap() throws IOException {
        if (letter.isPresent()) {
            String mapped = letter.get();
            letter = Optional.empty();
            running.run(List.of("net", "use", mapped, "/delete", "/y"));
        }
    }
}
