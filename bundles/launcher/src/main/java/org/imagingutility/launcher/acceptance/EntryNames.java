package org.imagingutility.launcher.acceptance;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.regex.Pattern;

/**
 * Names of entries that could mean one thing to who verifies and another to who loads: twice the same name, a manifest in
 * lower case, a path out of the jar. Such jars are refused.
 */
final class EntryNames {
    private static final String META = "META-INF/";
    /** Signature files and blocks; JAR file specification, "Signed JAR File". */
    private static final Pattern SIGNATURE = Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");
    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    private EntryNames() {
    }

    /** Returns what is wrong with the names of {@code entries}, or null. */
    static String fault(List<JarEntry> entries) {
        Set<String> seen = new HashSet<>();
        for (JarEntry entry : entries) {
            String name = entry.getName();
            if (!seen.add(name)) {
                return "it has two entries \"" + name + "\"";
            }
            if (name.startsWith("/") || name.indexOf('\\') >= 0 || List.of(name.split("/")).contains("..")) {
                return "it has an entry \"" + name + "\", which is no path in it";
            }
            if (entry.isDirectory() && entry.getSize() > 0) {
                return "its folder \"" + name + "\" has a content";
            }
            String upper = name.toUpperCase(Locale.ROOT);
            if (upper.startsWith(META) && !name.startsWith(META)
                    || (upper.equals(MANIFEST) || SIGNATURE.matcher(upper).matches()) && !name.equals(upper)) {
                return "it has an entry \"" + name + "\", which could be taken for \"" + upper + "\"";
            }
        }
        return null;
    }

    /** Says whether {@code name} is the manifest, a signature file or a block, which cannot be signed themselves. */
    static boolean isSignature(String name) {
        return name.equals(MANIFEST) || isBlockOrFile(name);
    }

    private static boolean isBlockOrFile(String name) {
        return SIGNATURE.matcher(name).matches();
    }

    /** Says whether {@code name} is a signature file. */
    static boolean isSignatureFile(String name) {
        return isBlockOrFile(name) && name.endsWith(".SF");
    }
}
