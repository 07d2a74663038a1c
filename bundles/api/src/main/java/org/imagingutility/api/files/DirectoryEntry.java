package org.imagingutility.api.files;

import java.util.Objects;

/**
 * A name in a directory.
 *
 * @param name the name, as it stands there
 * @param node what it stands for
 */
public record DirectoryEntry(FileName name, FileNode node) {
    /** Checks that nothing is null. */
    public DirectoryEntry {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(node, "node");
    }
}
