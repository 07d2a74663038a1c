package org.imagingutility.api.allocator;

import java.util.Objects;
import org.imagingutility.api.ExtentList;

/**
 * A file whose content the system that owns the volume makes anew: memory that was paged out, the memory of a computer that was shut
 * down since, storage of snapshots that do not outlive a restore.
 *
 * @param path its path on the volume, as users of its system write it
 * @param content where its content lies, in bytes of device; nothing else lies there
 */
public record TransientFile(String path, ExtentList content) {

    /** Checks that both are there. */
    public TransientFile {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(content, "content");
    }
}
