package org.imagingutility.launcher;

import java.nio.file.Path;

/** The file system of the cache, or a quota on it, is full, so that bundles cannot be installed there. */
final class CacheFullException extends CannotStartException {
    private static final long serialVersionUID = 1L;

    CacheFullException(Path folder) {
        super("nothing can be written to \"" + folder + "\"");
    }
}
