package org.imagingutility.api.allocator;

import java.util.Objects;

/**
 * A file that lies, in whole or in part, in ranges that were asked for.
 *
 * @param path its path in the file system, separated as its users are used to; best effort: where a parent is not
 *        known, the path begins with {@code ?}
 * @param bytes how many bytes of its content (and of its other streams) lie in the ranges; 0 if only what the file system
 *        keeps about the file does
 */
public record TouchedFile(String path, long bytes) {

    /** Checks that the path is there. */
    public TouchedFile {
        Objects.requireNonNull(path, "path");
    }
}
