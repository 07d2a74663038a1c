package org.imagingutility.distribution;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Whether what stands in {@code conf/} of a distribution is taken by its own program. The bundles define what can be set, so
 * the program is started once and asked for its plug-ins: a setting that does not exist or is out of its range, a policy of
 * acceptance that cannot be read, and a bundle that is refused or does not start end the build.
 */
final class SettingsCheck {
    private static final String COMMAND_BUNDLE = "org.imagingutility.command-";
    /** Variables of the environment by which the one who builds would be checked, not what is shipped. */
    private static final List<String> OF_USERS = List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS");
    private final Path home;
    private final Path target;

    /**
     * Creates a check.
     *
     * @param home the folder of the distribution
     * @param target a folder for what the program keeps
     */
    SettingsCheck(Path home, Path target) {
        this.home = home;
        this.target = target;
    }

    /**
     * Runs the program.
     *
     * @throws IOException with what it says, if that is anything but its plug-ins
     */
    void run() throws IOException {
        if (!hasCommand()) {
            return; // a library of jars: there is no program that reads settings
        }
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(options(home.resolve("conf/jvm.options")));
        command.addAll(List.of("-Dimaging.home=" + home, "-Dimaging.data=" + target.resolve("settings-check"),
                "-jar", home.resolve("lib/launcher.jar").toString(), "plugins"));
        Path said = Files.createTempFile(Files.createDirectories(target), "settings-check", ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(said.toFile())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            Map<String, String> environment = builder.environment();
            OF_USERS.forEach(environment::remove);
            environment.put("XDG_CACHE_HOME", target.resolve("settings-check").toAbsolutePath().toString());
            int exitCode = exitCode(builder.start());
            String errors = Files.readString(said, Charset.defaultCharset()).strip();
            if (exitCode != 0 || !errors.isEmpty()) {
                throw new IOException("the program does not run with the files in \"" + home.resolve("conf") + "\" (exit code "
                        + exitCode + "): " + errors);
            }
        } finally {
            Files.delete(said);
        }
    }

    private boolean hasCommand() throws IOException {
        try (Stream<Path> jars = Files.list(home.resolve("bundles"))) {
            return jars.anyMatch(jar -> jar.getFileName().toString().startsWith(COMMAND_BUNDLE));
        }
    }

    /** Returns the options of the JVM, as the start script reads them. */
    static List<String> options(Path file) throws IOException {
        List<String> options = new ArrayList<>();
        if (!Files.exists(file)) {
            return options;
        }
        for (String line : Files.readAllLines(file)) {
            String option = line.strip();
            if (option.startsWith("-")) {
                options.addAll(List.of(option.split("\\s+")));
            } else if (!option.isEmpty() && !option.startsWith("#")) {
                throw new IOException("\"" + file + "\": \"" + option + "\" is no option of Java and no comment");
            }
        }
        return options;
    }

    private static int exitCode(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
