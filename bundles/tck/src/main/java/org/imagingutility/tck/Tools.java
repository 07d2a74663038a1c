package org.imagingutility.tck;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Commands that tests run, and what else only some machines have. Where something is missing, a test is skipped with a
 * reason, and fails if the environment says {@code CI=true}. How to skip is the test framework's business: with JUnit 5 it
 * is {@code Assumptions::abort}. Safe for use by several threads.
 */
public final class Tools {
    private static final int TIMEOUT_SECONDS = 60;

    private Tools() {
    }

    /**
     * Skips the test if one of the commands is not installed.
     *
     * @param skip takes the reason and throws what makes the framework skip the test
     */
    public static void require(Consumer<String> skip, String... commands) {
        for (String command : commands) {
            require(skip, isInstalled(command), "the command " + command + " is not installed");
        }
    }

    /**
     * Skips the test if something is missing.
     *
     * @param skip takes the reason and throws what makes the framework skip the test
     * @param reason says what is missing
     */
    public static void require(Consumer<String> skip, boolean there, String reason) {
        require(skip, there, reason, "true".equals(System.getenv("CI")));
    }

    static void require(Consumer<String> skip, boolean there, String reason, boolean must) {
        if (there) {
            return;
        }
        if (must) {
            throw new AssertionError("this test must run where CI=true, but " + reason);
        }
        skip.accept(reason);
        throw new AssertionError("the test was not skipped: " + reason);
    }

    private static boolean isInstalled(String command) {
        String path = System.getenv("PATH");
        return path != null && Stream.of(path.split(File.pathSeparator))
                .anyMatch(folder -> new File(folder, command).canExecute() || new File(folder, command + ".exe").canExecute());
    }

    /**
     * Runs a command, and returns what it printed, errors included.
     *
     * @throws IOException if it cannot be run, fails, or does not end within {@value #TIMEOUT_SECONDS} s of its last output
     */
    public static String run(String... command) throws IOException {
        return run(new ProcessBuilder(command).redirectErrorStream(true));
    }

    /** Runs a command like {@link #run}, but returns what it printed on its standard output only. */
    public static String output(String... command) throws IOException {
        return run(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD));
    }

    private static String run(ProcessBuilder builder) throws IOException {
        String command = String.join(" ", builder.command());
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(command + " did not end within " + TIMEOUT_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(command + " was interrupted", e);
        }
        if (process.exitValue() != 0) {
            throw new IOException(command + " failed: " + output.strip());
        }
        return output;
    }
}
