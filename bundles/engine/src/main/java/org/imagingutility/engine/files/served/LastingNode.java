package org.imagingutility.engine.files.served;

import java.util.Optional;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.DirectoryEntry;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.api.files.FileNode;
import org.imagingutility.api.files.FileTree;

/**
 * A file that is found again by its path when the reader that it was found with has been replaced. Immutable.
 *
 * @param id its number
 * @param kind what it is
 * @param parent the directory that it was found in; null for the root
 * @param name its name there; empty for the root
 * @param source what {@code node} belongs to
 * @param node the file there
 */
record LastingNode(long id, FileKind kind, LastingNode parent, String name, OpenFiles source, FileNode node) implements FileNode {

    static LastingNode root(OpenFiles source, FileTree tree) {
        FileNode root = tree.root();
        return new LastingNode(root.id(), root.kind(), null, "", source, root);
    }

    static LastingNode of(LastingNode parent, DirectoryEntry entry, OpenFiles source) {
        return new LastingNode(entry.node().id(), entry.node().kind(), parent, entry.name().text(), source, entry.node());
    }

    /**
     * Returns the file as {@code tree} has it.
     *
     * @param current what the tree belongs to
     * @throws FileSystemException if there is another file by now: the reader that came sees the volume otherwise
     */
    FileNode in(OpenFiles current, FileTree tree) throws ImagingException {
        if (source == current) {
            return node;
        }
        Optional<FileNode> found = parent == null ? Optional.of(tree.root())
                : tree.find(parent.in(current, tree), name).map(DirectoryEntry::node);
        if (found.isEmpty() || found.get().id() != id || found.get().kind() != kind) {
            throw new FileSystemException(name, -1, "is another file for the reader that came in place of the one that found it", null);
        }
        return found.get();
    }
}
