package org.imagingutility.engine.files.extract;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.imagingutility.api.error.TargetException;

/** Tells what a folder cannot take of one file from what it cannot take of any. */
final class TargetErrors {
    /** Words of Linux and Windows for a target that takes nothing more. */
    private static final List<String> OF_ALL = List.of("no space left", "not enough space", "disk full", "disk quota", "read-only file system",
            "input/output error", "write protected", "transport endpoint", "stale file handle");

    private TargetErrors() {
    }

    /** Fails if nothing more can be written at all. */
    static void endIfFinal(String folder, IOException error) throws TargetException {
        String words = String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT);
        if (OF_ALL.stream().anyMatch(words::contains)) {
            throw of(folder, error);
        }
    }

    static TargetException of(String folder, IOException error) {
        return new TargetException(folder, -1, String.valueOf(error.getMessage()), null, error);
    }
}
