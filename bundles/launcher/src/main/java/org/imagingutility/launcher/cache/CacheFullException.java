package org.imagingutility.launcher.cache;

import java.nio.file.Path;
import org.imagingutility.launcher.profile.CannotStartException;

/** The file system of the cache, or a quota on it, is full, so that bundles cannot be installed there. */
public final class CacheFullException extends CannotStartException {
    private static final long serialVersionUID = 1L;

    public CacheFullException(Path folder) {
        super("nothing can be written to \"" + folder + "\"");
    }
}
