package org.imagingutility.launcher.cache;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.imagingutility.launcher.folder.Folders;

/**
 * What Felix takes out of the jars of bundles when it is asked for first: native libraries and inner jars. Felix takes
 * such a file for whole as soon as it exists. One that was cut, by a kill or by a full file system in the midst of it,
 * would be loaded as it is, and the page of a library that is not there ends the process (SIGBUS), in each run from then on.
 *
 * <p>The layout is that of Felix 7: {@code bundleN/versionR.U/}, therein the jar ({@code bundle.jar}) or where it lies
 * ({@code revision.location}); beside a jar {@code NAME}, {@code NAME-lib/COUNT/ENTRY} and {@code NAME-embedded/ENTRY}.
 */
public final class ExtractedFiles {
    private static final String LIBRARIES = "-lib";
    private static final String INNER_JARS = "-embedded";
    private static final String LOCATION = "revision.location";
    private static final String REFERENCE = "reference:";
    private static final int BUFFER_BYTES = 64 * 1024;

    private ExtractedFiles() {
    }

    /** Removes from the bundles in {@code cache} what is not equal to the entry it was made of; Felix makes it again. */
    public static void removeDamaged(Path cache) throws IOException {
        for (File bundle : folders(cache.toFile())) {
            for (File revision : folders(bundle)) {
                for (File extracts : folders(revision)) {
                    if (isExtracts(extracts) && !isWhole(extracts, jar(revision, extracts))) {
                        Folders.delete(extracts.toPath());
                    }
                }
            }
        }
    }

    private static boolean isExtracts(File folder) {
        return folder.getName().endsWith(LIBRARIES) || folder.getName().endsWith(INNER_JARS);
    }

    /** Returns the jar that {@code extracts} were made of: beside them, or where {@code revision} refers to. */
    private static File jar(File revision, File extracts) throws IOException {
        String name = extracts.getName();
        File beside = new File(extracts.getParentFile(), name.substring(0, name.lastIndexOf('-')));
        if (beside.isFile()) {
            return beside;
        }
        String location = Files.readString(revision.toPath().resolve(LOCATION), StandardCharsets.UTF_8).strip();
        try {
            return new File(URI.create(location.startsWith(REFERENCE) ? location.substring(REFERENCE.length()) : location));
        } catch (IllegalArgumentException e) {
            throw new IOException("\"" + revision + "\": the location \"" + location + "\" is no file", e);
        }
    }

    private static boolean isWhole(File extracts, File jar) throws IOException {
        try (ZipFile entries = new ZipFile(jar)) {
            if (extracts.getName().endsWith(INNER_JARS)) {
                return isWhole(extracts, "", entries);
            }
            for (File count : folders(extracts)) {
                if (!isWhole(count, "", entries)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static boolean isWhole(File folder, String prefix, ZipFile entries) throws IOException {
        for (File file : children(folder)) {
            String name = prefix + file.getName();
            boolean whole;
            if (!file.isDirectory()) {
                whole = isEqual(file, entries.getEntry(name));
            } else if (isExtracts(file) && entries.getEntry(name + "/") == null) {
                whole = isWhole(file, jar(folder, file));
            } else {
                whole = isWhole(file, name + "/", entries);
            }
            if (!whole) {
                return false;
            }
        }
        return true;
    }

    private static boolean isEqual(File file, ZipEntry entry) throws IOException {
        if (entry == null || file.length() != entry.getSize()) {
            return false;
        }
        CRC32 crc = new CRC32();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file.toPath())) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                crc.update(buffer, 0, count);
            }
        }
        return crc.getValue() == entry.getCrc();
    }

    private static List<File> folders(File folder) throws IOException {
        List<File> folders = new ArrayList<>();
        for (File child : children(folder)) {
            if (child.isDirectory()) {
                folders.add(child);
            }
        }
        return folders;
    }

    private static File[] children(File folder) throws IOException {
        File[] children = folder.listFiles();
        if (children == null) {
            throw new IOException("cannot list \"" + folder + "\"");
        }
        return children;
    }
}
