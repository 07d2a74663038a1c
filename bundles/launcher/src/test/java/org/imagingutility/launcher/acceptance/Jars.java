package org.imagingutility.launcher.acceptance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Jars made and changed byte by byte. */
final class Jars {
    private Jars() {
    }

    /** Makes a jar of {@code entries}, names and texts in turn. */
    static Path make(Path folder, String... entries) throws IOException {
        Map<String, byte[]> content = new LinkedHashMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            content.put(entries[i], entries[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        return write(folder, content);
    }

    /** Makes a bundle with headers {@code more}, each ended by a line end. */
    static Path bundle(Path folder, String name, String version, String more, String... entries) throws IOException {
        String manifest = "Manifest-Version: 1.0\nBundle-ManifestVersion: 2\nBundle-SymbolicName: " + name + "\nBundle-Version: " + version
                + "\n" + more + "\n";
        String[] all = new String[entries.length + 2];
        all[0] = "META-INF/MANIFEST.MF";
        all[1] = manifest;
        System.arraycopy(entries, 0, all, 2, entries.length);
        return make(folder, all);
    }

    static Map<String, byte[]> read(Path jar) throws IOException {
        Map<String, byte[]> content = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(jar))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                content.put(entry.getName(), in.readAllBytes());
            }
        }
        return content;
    }

    static Path write(Path folder, Map<String, byte[]> content) throws IOException {
        Path jar = Files.createTempFile(folder, "made", ".jar");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            content.forEach((name, bytes) -> put(out, name, bytes));
        }
        return jar;
    }

    /** Returns a copy of {@code jar} in which {@code change} gave each entry another content; null takes it out. */
    static Path change(Path jar, BiFunction<String, byte[], byte[]> change) throws IOException {
        Map<String, byte[]> content = new LinkedHashMap<>();
        read(jar).forEach((name, bytes) -> {
            byte[] changed = change.apply(name, bytes);
            if (changed != null) {
                content.put(name, changed);
            }
        });
        return write(jar.getParent(), content);
    }

    static Path add(Path jar, String name, String text) throws IOException {
        Map<String, byte[]> content = read(jar);
        content.put(name, text.getBytes(StandardCharsets.UTF_8));
        return write(jar.getParent(), content);
    }

    /** Replaces {@code name} by {@code other}, of the same length, wherever it stands in the file. */
    static Path rename(Path jar, String name, String other) throws IOException {
        String text = new String(Files.readAllBytes(jar), StandardCharsets.ISO_8859_1);
        return Files.write(Files.createTempFile(jar.getParent(), "renamed", ".jar"),
                text.replace(name, other).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void put(ZipOutputStream out, String name, byte[] bytes) {
        try {
            out.putNextEntry(new ZipEntry(name));
            out.write(bytes);
            out.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a jar as an entry of another. */
    static String nested(String name, String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            put(out, name, text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }
}
