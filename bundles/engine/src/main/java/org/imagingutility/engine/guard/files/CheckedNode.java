package org.imagingutility.engine.guard.files;

import org.imagingutility.api.error.PluginException;
import org.imagingutility.api.files.DirectoryEntry;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.api.files.FileNode;
import org.imagingutility.engine.guard.GuardedPlugin;

/**
 * Guards a {@link FileNode}, which is asked once.
 *
 * @param id what it said
 * @param kind what it said
 * @param node the node
 */
record CheckedNode(long id, FileKind kind, FileNode node) implements FileNode {

    static CheckedNode of(GuardedPlugin plugin, FileNode node) throws PluginException {
        try {
            return new CheckedNode(node.id(), plugin.present("FileNode.kind", node.kind()), node);
        } catch (RuntimeException | Error e) {
            throw plugin.failed("FileNode.kind", e);
        }
    }

    static DirectoryEntry of(GuardedPlugin plugin, DirectoryEntry entry) throws PluginException {
        return new DirectoryEntry(entry.name(), of(plugin, entry.node()));
    }

    /** Returns the node of the plug-in. */
    static FileNode bare(FileNode node) {
        return node instanceof CheckedNode checked ? checked.node : node;
    }
}
