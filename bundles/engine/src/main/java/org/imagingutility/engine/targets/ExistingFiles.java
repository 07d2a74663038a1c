package org.imagingutility.engine.targets;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import org.imagingutility.api.file.FilePaths;

/** What stands under a name, as far as names are paths. */
public final class ExistingFiles {
    private ExistingFiles() {
    }

    /** Says whether something stands under that name; of a name that is no path that is not known. */
    public static boolean isThere(String name) {
        try {
            return Files.exists(FilePaths.of(name));
        } catch (InvalidPathException e) {
            // no path: whoever opens it says what is there
            return false;
        }
    }
}
