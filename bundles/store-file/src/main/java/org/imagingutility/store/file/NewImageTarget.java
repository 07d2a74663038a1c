package org.imagingutility.store.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.imagingutility.api.error.TargetException;

/** Decides whether an image may be written under a path. */
final class NewImageTarget {
    static final String USE_FORCE = "use --force to replace it";

    private NewImageTarget() {
    }

    /**
     * Returns the absolute path, without symbolic links, that the image will have.
     *
     * @param overwrite whether a regular file that stands there may be replaced
     */
    static Path resolve(String reference, boolean overwrite) throws IOException, TargetException {
        Path path = Path.of(reference).toAbsolutePath();
        if (Files.exists(path)) {
            Path existing = path.toRealPath();
            checkReplaceable(reference, existing, overwrite);
            return existing;
        }
        if (Files.isSymbolicLink(path)) {
            throw refused(reference, "is a symbolic link to \"" + Files.readSymbolicLink(path)
                    + "\", which does not exist", "name the file itself");
        }
        Path parent = path.getParent();
        Path name = path.getFileName();
        if (parent == null || name == null) {
            throw refused(reference, "names no file", null);
        }
        if (Files.notExists(parent)) {
            throw refused(reference, "the directory \"" + parent + "\" does not exist", "create it first");
        }
        if (!Files.isDirectory(parent)) {
            throw refused(reference, "\"" + parent + "\" is not a directory", null);
        }
        return parent.toRealPath().resolve(name);
    }

    private static void checkReplaceable(String reference, Path existing, boolean overwrite) throws TargetException {
        if (Files.isDirectory(existing)) {
            throw refused(reference, "is a directory", "add a file name");
        }
        if (!Files.isRegularFile(existing)) {
            throw refused(reference, "exists and is not a regular file: an image cannot be written to a device, pipe or socket",
                    null);
        }
        if (!overwrite) {
            throw exists(reference);
        }
    }

    static TargetException exists(String reference) {
        return refused(reference, "exists already", USE_FORCE);
    }

    private static TargetException refused(String reference, String reason, String remedy) {
        return new TargetException(reference, -1, reason, remedy, null);
    }
}
