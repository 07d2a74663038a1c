package org.imagingutility.itests;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** The codec of {@code docs/examples/codec-deflate} as a bundle, built from its sources as they are. */
final class ExampleCodec {
    private static final String NAME = "com.example.imaging.codec.deflate";

    private ExampleCodec() {
    }

    /** Builds the bundle with that version into {@code folder} and returns its jar. */
    static Path build(Path folder, String version) {
        try {
            Path classes = Files.createDirectories(folder.resolve("classes-" + version));
            compile(Path.of(System.getProperty("imaging.examples")).resolve("codec-deflate/src/main/java/com"), classes);
            Path jar = folder.resolve("deflate-" + version + ".jar");
            try (Builder builder = new Builder()) {
                builder.addClasspath(classes.toFile());
                builder.addClasspath(Built.bundle("org.imagingutility.api").toFile());
                builder.setProperty("Bundle-SymbolicName", NAME);
                builder.setProperty("Bundle-Version", version);
                builder.setProperty("Private-Package", NAME);
                Jar built = builder.build();
                if (!builder.getErrors().isEmpty()) {
                    throw new IllegalStateException(builder.getErrors().toString());
                }
                built.write(jar.toFile());
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) { // what bnd declares
            throw new IllegalStateException(e);
        }
    }

    private static void compile(Path sources, Path classes) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (Stream<Path> files = Files.walk(sources); var manager = compiler.getStandardFileManager(null, null, null)) {
            List<File> units = new ArrayList<>();
            files.filter(file -> file.toString().endsWith(".java")).forEach(file -> units.add(file.toFile()));
            List<String> options = List.of("-d", classes.toString(), "--release", "17", "-proc:none", "-cp",
                    Built.bundle("org.imagingutility.api") + File.pathSeparator + System.getProperty("java.class.path"));
            if (!compiler.getTask(said, manager, null, options, null, manager.getJavaFileObjectsFromFiles(units)).call()) {
                throw new IllegalStateException(said.toString());
            }
        }
    }
}
