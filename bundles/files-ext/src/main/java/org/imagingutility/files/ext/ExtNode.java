package org.imagingutility.files.ext;

import org.imagingutility.api.files.FileKind;
import org.imagingutility.api.files.FileNode;

/**
 * A file of an ext volume.
 *
 * @param id number of its inode
 * @param kind what its entry or its inode says it is
 */
record ExtNode(long id, FileKind kind) implements FileNode {
}
