package org.imagingutility.distribution;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files that a distribution begins with: start scripts, settings, licences. */
final class Skeleton {
    private static final String FOLDER = "skeleton";

    private Skeleton() {
    }

    /** Copies the files that come with this plug-in to {@code home}. */
    static void copyOwn(Path home) throws IOException {
        Path origin;
        try {
            origin = Path.of(Skeleton.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
        if (Files.isDirectory(origin)) {
            copy(origin.resolve(FOLDER), home);
            return;
        }
        try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + origin.toUri()), java.util.Map.of())) {
            copy(jar.getPath(FOLDER), home);
        }
    }

    /** Copies a tree; what is there is overwritten. Scripts get the line ends and rights of their system. */
    static void copy(Path from, Path to) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(from)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            Path target = to.resolve(from.relativize(file).toString());
            Files.createDirectories(target.getParent());
            byte[] content = Files.readAllBytes(file);
            if (target.toString().endsWith(".cmd")) {
                content = new String(content, StandardCharsets.UTF_8).replaceAll("\\r?\\n", "\r\n").getBytes(StandardCharsets.UTF_8);
            }
            Files.write(target, content);
            target.toFile().setExecutable(target.getParent().endsWith("bin"), false);
        }
    }

    /** Names the start scripts and the start program for Windows after the command. */
    static void rename(Path home, String command) throws IOException {
        if (!command.equals("imaging")) {
            Files.move(home.resolve("bin/imaging"), home.resolve("bin/" + command));
            Files.move(home.resolve("bin/imaging.cmd"), home.resolve("bin/" + command + ".cmd"));
            Files.move(home.resolve("bin/ImagingUtility.exe"), home.resolve("bin/" + command + ".exe"));
        }
    }
}
