package org.imagingutility.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The distribution that this build made, and a place for files of tests. */
final class Built {
    private Built() {
    }

    /** Returns the folder of the distribution. */
    static Path home() {
        return Path.of(System.getProperty("imaging.distribution")).normalize();
    }

    /** Returns all jars of {@code bundles/}, sorted by name. */
    static List<Path> bundles() {
        return jars(home().resolve("bundles"));
    }

    /** Returns the jars of {@code bundles/windows/}. */
    static List<Path> windowsBundles() {
        return jars(home().resolve("bundles").resolve("windows"));
    }

    /** Returns the jars of this project in {@code bundles/} and {@code bundles/windows/}. */
    static List<Path> ownBundles() {
        return Stream.concat(bundles().stream(), windowsBundles().stream()).filter(jar -> jar.getFileName().toString().startsWith("org.imagingutility.")).toList();
    }

    /** Returns the jar in {@code bundles/} whose name begins with {@code prefix}. */
    static Path bundle(String prefix) {
        return bundles().stream().filter(jar -> jar.getFileName().toString().startsWith(prefix)).findFirst().orElseThrow();
    }

    /** Returns the jars of {@code bundles/shell/}. */
    static List<Path> shellBundles() {
        return jars(home().resolve("bundles").resolve("shell"));
    }

    /** Returns a new empty folder. */
    static Path newFolder(String name) {
        try {
            Path work = Files.createDirectories(Path.of(System.getProperty("imaging.work")));
            return Files.createTempDirectory(work, name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> jars(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
