package org.imagingutility.engine.guard;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.imagingutility.api.codec.Codec;

/** The interfaces that plug-ins implement, as they stand in the built API: one that is new is found without being named. */
final class Spi {
    /** The annotation is not kept for run time, but a class file holds its name. */
    private static final String CONSUMER = "Lorg/osgi/annotation/versioning/ConsumerType;";
    /** Implemented by those who call the engine or show something; no job depends on what they answer. */
    private static final List<String> NO_PLUGINS = List.of("org.imagingutility.api.job.", "org.imagingutility.api.config.",
            "org.imagingutility.api.shell.");

    private Spi() {
    }

    /** Returns all of them, those that only plug-ins make included. */
    static List<Class<?>> interfaces() throws IOException, URISyntaxException, ClassNotFoundException {
        URI place = Codec.class.getProtectionDomain().getCodeSource().getLocation().toURI();
        List<Class<?>> found = new ArrayList<>();
        if (Files.isDirectory(Path.of(place))) {
            collect(Path.of(place), found);
        } else {
            try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + place), Map.of())) {
                collect(jar.getPath("/"), found);
            }
        }
        return found;
    }

    private static void collect(Path root, List<Class<?>> found) throws IOException, ClassNotFoundException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".class")).sorted().toList()) {
                String name = root.relativize(file).toString().replace('\\', '.').replace('/', '.').replaceFirst("\\.class$", "");
                if (NO_PLUGINS.stream().noneMatch(name::startsWith) && isConsumer(file)) {
                    found.add(Class.forName(name));
                }
            }
        }
    }

    private static boolean isConsumer(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).contains(CONSUMER);
        }
    }

    /** Returns the methods of an interface that a plug-in answers, its own default ones included. */
    static List<Method> methods(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()) && method.getDeclaringClass() != Object.class
                        && !method.isBridge()).toList();
    }
}
