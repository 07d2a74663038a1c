package org.imagingutility.distribution;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.cyclonedx.model.Component;
import org.cyclonedx.model.Hash;

/** The native libraries in a jar: code that runs and that no scanner of jars sees. */
final class NativeLibraries {
    /** Linux and AIX, Windows, macOS. */
    private static final Pattern NAME = Pattern.compile(".*\\.(so(\\.[0-9.]+)?|a|dll|dylib|jnilib)");

    private NativeLibraries() {
    }

    /** Returns a component of the type file for each, by path, with its SHA-256. A file that is no jar has none. */
    static List<Component> in(Path jar) throws IOException {
        List<Component> libraries = new ArrayList<>();
        try (ZipFile entries = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : entries.stream().sorted(Comparator.comparing(ZipEntry::getName)).toList()) {
                if (NAME.matcher(entry.getName()).matches()) {
                    try (InputStream in = entries.getInputStream(entry)) {
                        Component library = new Component();
                        library.setType(Component.Type.FILE);
                        library.setName(entry.getName());
                        library.addHash(new Hash(Hash.Algorithm.SHA_256, BillOfMaterials.sha256(in.readAllBytes())));
                        libraries.add(library);
                    }
                }
            }
        } catch (ZipException e) {
            throw new IOException("\"" + jar + "\" is no jar: " + e.getMessage(), e);
        }
        return libraries;
    }
}
