package org.imagingutility.snapshot.reflink;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.imagingutility.api.error.SnapshotException;

/** Has a file cloned by {@code cp} of GNU coreutils (8.0 or later), which copies nothing or fails. */
final class CloneCommand {
    private static final int MOST_WORDS = 500;

    private CloneCommand() {
    }

    /** Clones {@code file} to {@code clone}, which is empty; removes it if that fails. */
    static void run(String reference, Path file, Path clone, String remedy) throws IOException, SnapshotException {
        ProcessBuilder command = new ProcessBuilder(List.of("cp", "--reflink=always", "--", file.toString(), clone.toString()));
        // what it says is part of an error of this program, which speaks English
        command.environment().put("LC_ALL", "C");
        command.redirectErrorStream(true).redirectInput(Path.of("/dev/null").toFile());
        boolean cloned = false;
        try {
            String words = words(command.start());
            if (words != null) {
                throw new SnapshotException(reference, "it cannot be cloned: " + words, remedy, null);
            }
            cloned = true;
        } finally {
            if (!cloned) {
                Files.deleteIfExists(clone);
            }
        }
    }

    /** Waits for the end of a process; returns why it failed, null if it did not. */
    private static String words(Process process) throws IOException {
        try (InputStream output = process.getInputStream()) {
            String words = new String(output.readNBytes(MOST_WORDS), StandardCharsets.UTF_8).strip();
            output.transferTo(OutputStream.nullOutputStream());
            int code = process.waitFor();
            return code == 0 ? null : words.isEmpty() ? "cp ended with code " + code : words;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while it was being cloned");
        } finally {
            process.destroyForcibly();
        }
    }
}
