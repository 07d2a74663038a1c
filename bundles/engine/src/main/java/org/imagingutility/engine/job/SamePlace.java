package org.imagingutility.engine.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.imagingutility.api.error.UsageException;

/** Refuses jobs whose source and target are one and the same file or device. */
final class SamePlace {
    private SamePlace() {
    }

    /** Fails if both names lead to the same place; names that are no paths are compared as text. */
    static void refuse(String source, String target) throws UsageException {
        if (source.equals(target) || isSameFile(source, target)) {
            throw new UsageException("source and target are the same: \"" + source + "\" and \"" + target + "\"",
                    "choose another target");
        }
    }

    private static boolean isSameFile(String source, String target) {
        try {
            Path first = Path.of(source);
            Path second = Path.of(target);
            return Files.exists(first) && Files.exists(second) && Files.isSameFile(first, second);
        } catch (InvalidPathException | IOException e) {
            // not both paths that can be looked at: opening them will say what is wrong
            return false;
        }
    }
}
