package org.imagingutility.api.files;

import org.osgi.annotation.versioning.ConsumerType;

/** A file, directory or link of a tree: a value of the reader that made it. Immutable; holds nothing open. */
@ConsumerType
public interface FileNode {

    /**
     * Returns a number that no other file of the volume has: that of its inode or record, or the place of its entry. The names of one file
     * (hard links) have the same.
     */
    long id();

    /** Returns what it is. */
    FileKind kind();
}
