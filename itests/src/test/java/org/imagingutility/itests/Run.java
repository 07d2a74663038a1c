package org.imagingutility.itests;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a program that ran to its end printed and returned. */
record Run(int exitCode, String out, String err) {
    private static final long MOST_SECONDS = 120;

    /** Runs {@code command}, with {@code cache} as the user's cache folder if it is not null. */
    static Run of(Path cache, String... command) throws IOException, InterruptedException {
        Path folder = Built.newFolder("run");
        File out = folder.resolve("out").toFile();
        File err = folder.resolve("err").toFile();
        ProcessBuilder builder = new ProcessBuilder(List.of(command)).redirectOutput(out).redirectError(err);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        if (cache != null) {
            builder.environment().put("XDG_CACHE_HOME", cache.toString());
            builder.environment().put("LOCALAPPDATA", cache.toString());
        }
        if (!command[0].equals(script(Built.home()))) {
            // a copy made for one test runs too seldom to be worth an archive of its classes, which takes longer than ten starts
            builder.environment().put("IMAGING_NO_CLASS_ARCHIVE", "1");
        }
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(String.join(" ", command) + " still runs after " + MOST_SECONDS + " s: "
                    + Files.readString(err.toPath()));
        }
        return new Run(process.exitValue(), Files.readString(out.toPath()), Files.readString(err.toPath()));
    }

    /** Returns the java program of this JVM. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Returns the start script in the distribution at {@code home}. */
    static String script(Path home) {
        return home.resolve("bin").resolve(File.separatorChar == '\\' ? "imaging.cmd" : "imaging").toString();
    }
}
