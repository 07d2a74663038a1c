package org.imagingutility.engine.guard.files;

import java.util.List;
import java.util.Optional;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PluginException;
import org.imagingutility.api.files.DirectoryCursor;
import org.imagingutility.api.files.DirectoryEntry;
import org.imagingutility.api.files.FileContent;
import org.imagingutility.api.files.FileDetails;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.api.files.FileNode;
import org.imagingutility.api.files.FileStream;
import org.imagingutility.api.files.FileTree;
import org.imagingutility.api.files.FileTreeTraits;
import org.imagingutility.api.files.LinkTarget;
import org.imagingutility.engine.guard.GuardedPlugin;

/** Guards a {@link FileTree}. What it says of itself is asked once. For one thread. */
final class CheckedFileTree implements FileTree {
    private final GuardedPlugin plugin;
    private final FileTree tree;
    private final FileSystemInfo info;
    private final FileTreeTraits traits;
    private final List<String> warnings;
    private final CheckedNode root;

    CheckedFileTree(GuardedPlugin plugin, FileTree tree) throws PluginException {
        this.plugin = plugin;
        this.tree = tree;
        this.info = plugin.present("FileTree.info", tree.info());
        this.traits = plugin.present("FileTree.traits", tree.traits());
        this.warnings = plugin.complete("FileTree.warnings", tree.warnings());
        this.root = CheckedNode.of(plugin, plugin.present("FileTree.root", tree.root()));
        if (root.kind() != FileKind.DIRECTORY) {
            throw plugin.violated("FileTree.root", "returned a " + root.kind());
        }
    }

    @Override
    public FileSystemInfo info() {
        return info;
    }

    @Override
    public FileTreeTraits traits() {
        return traits;
    }

    @Override
    public List<String> warnings() {
        return warnings;
    }

    @Override
    public FileNode root() {
        return root;
    }

    @Override
    public DirectoryCursor list(FileNode directory) throws ImagingException {
        try {
            return new CheckedDirectory(plugin, plugin.present("FileTree.list", tree.list(CheckedNode.bare(directory))));
        } catch (RuntimeException | Error e) {
            throw plugin.failed("FileTree.list", e);
        }
    }

    @Override
    public Optional<DirectoryEntry> find(FileNode directory, String name) throws ImagingException {
        try {
            Optional<DirectoryEntry> found = plugin.present("FileTree.find", tree.find(CheckedNode.bare(directory), name));
            return found.isEmpty() ? found : Optional.of(CheckedNode.of(plugin, found.get()));
        } catch (RuntimeException | Error e) {
            throw plugin.failed("FileTree.find", e);
        }
    }

    @Override
    public FileDetails details(FileNode node) throws ImagingException {
        try {
            return plugin.present("FileTree.details", tree.details(CheckedNode.bare(node)));
        } catch (RuntimeException | Error e) {
            throw plugin.failed("FileTree.details", e);
        }
    }

    @Override
    public List<FileStream> streams(FileNode node) throws ImagingException {
        try {
            return plugin.complete("FileTree.streams", tree.streams(CheckedNode.bare(node)));
        } catch (RuntimeException | Error e) {
            throw plugin.failed("FileTree.streams", e);
        }
    }

    @Override
    public FileContent open(FileNode file) throws ImagingException {
        try {
            return new CheckedContent(plugin, plugin.present("FileTree.open", tree.open(CheckedNode.bare(file))));
        } catch (RuntimeException | Error e) {
            throw plugin.failed("FileTree.open", e);
        }
    }

    @Override
    public FileContent open(FileNode node, FileStream stream) throws ImagingException {
        try {
            return new CheckedContent(plugin, plugin.present("FileTree.open", tree.open(CheckedNode.bare(node), stream)));
        } catch (RuntimeException | Error e) {
            throw plugin.failed("FileTree.open", e);
        }
    }

    @Override
    public LinkTarget target(FileNode link) throws ImagingException {
        try {
            return plugin.present("FileTree.target", tree.target(CheckedNode.bare(link)));
        } catch (RuntimeException | Error e) {
            throw plugin.failed("FileTree.target", e);
        }
    }

    @Override
    public void close() throws ImagingException {
        try {
            tree.close();
        } catch (RuntimeException | Error e) {
            throw plugin.failed("FileTree.close", e);
        }
    }
}
