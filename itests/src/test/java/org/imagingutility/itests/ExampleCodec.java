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

/** The codec of {@code docs/examples/codec-deflate} as a bundle, built from its sources. */
final class ExampleCodec {
    /** Symbolic name of the bundle. */
    static final String NAME = "com.example.imaging.codec.deflate";

    /** What differs from the sources. */
    enum Variant {
        /** Nothing. */
        AS_IT_IS("", ""),
        /** Stores the same content as other bytes, which any of them reads. */
        FASTER("new Deflater(level)", "new Deflater(1)"),
        /** Its stored bytes are said to be of another form. */
        OTHER_WIRE_ID("WIRE_ID = 40_001", "WIRE_ID = 40_002"),
        /** What it stores comes back with one bit changed. */
        LOSSY("if (!inflater.finished()", "content.put(0, (byte) (content.get(0) ^ 1));\n        if (!inflater.finished()"),
        /** Has no name. */
        NAMELESS("return NAME;", "return null;"),
        /** Has the wire id of the default codec. */
        DEFAULT_CODEC("return WIRE_ID;", "return 1;"),
        /** Fails with its first frame. */
        FAILING("deflater.reset();", "deflater.reset(); java.util.Objects.requireNonNull(null, \"oops\");"),
        /** Cannot be made. */
        NOT_MADE("public DeflateCodec() {", "public DeflateCodec() { java.util.Objects.requireNonNull(null, \"no licence\");"),
        /** Was built when the packages of the API had the versions of 0.1.0. */
        OF_OLD_API("", ""),
        /** Asked before others of its name. */
        PREFERRED("@Component\n", "@Component(property = \"service.ranking:Integer=10\")\n");

        private final String instead;
        private final String written;

        Variant(String instead, String written) {
            this.instead = instead;
            this.written = written;
        }
    }

    private ExampleCodec() {
    }

    /** Builds the bundle with that version into {@code folder} and returns its jar. */
    static Path build(Path folder, String version) {
        return build(folder, version, Variant.AS_IT_IS);
    }

    /** Builds a variant of the bundle, {@code deflate-VERSION.jar} in {@code folder}, and returns its jar. */
    static Path build(Path folder, String version, Variant variant) {
        try {
            Path sources = Files.createDirectories(folder.resolve("sources-" + version));
            copy(Path.of(System.getProperty("imaging.examples")).resolve("codec-deflate/src/main/java/com"), sources, variant);
            Path classes = Files.createDirectories(folder.resolve("classes-" + version));
            compile(sources, classes);
            Path jar = folder.resolve("deflate-" + version + ".jar");
            try (Builder builder = new Builder()) {
                builder.addClasspath(classes.toFile());
                builder.addClasspath(Built.bundle("org.imagingutility.api").toFile());
                builder.setProperty("Bundle-SymbolicName", NAME);
                builder.setProperty("Bundle-Version", version);
                builder.setProperty("Private-Package", NAME);
                if (variant == Variant.OF_OLD_API) {
                    // as bnd wrote it then
                    builder.setProperty("Import-Package", "org.imagingutility.api.*;version=\"[0.2,1)\",*");
                }
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

    private static void copy(Path from, Path to, Variant variant) throws IOException {
        boolean found = variant.instead.isEmpty();
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(name -> name.toString().endsWith(".java")).toList()) {
                String text = Files.readString(file);
                String changed = variant.instead.isEmpty() ? text : text.replace(variant.instead, variant.written);
                found |= !changed.equals(text);
                Files.writeString(to.resolve(file.getFileName()), changed);
            }
        }
        if (!found) {
            throw new IllegalStateException("nowhere in " + from + " stands " + variant.instead);
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
