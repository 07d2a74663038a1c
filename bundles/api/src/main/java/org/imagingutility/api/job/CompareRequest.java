package org.imagingutility.api.job;

import java.util.Objects;

/**
 * Compares the files of two volumes.
 *
 * @param before the one
 * @param after the other: what it has more was added
 * @param path the directory (or file) in both of them with which it begins, with slashes between names
 * @param content whether the bytes of files of equal size are compared
 */
public record CompareRequest(BrowseRequest before, BrowseRequest after, String path, boolean content) {
    /** Checks that nothing is null. */
    public CompareRequest {
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(after, "after");
        Objects.requireNonNull(path, "path");
    }
}
