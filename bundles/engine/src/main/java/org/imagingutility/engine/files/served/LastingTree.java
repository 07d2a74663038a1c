package org.imagingutility.engine.files.served;

import java.util.List;
import java.util.Optional;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.DirectoryCursor;
import org.imagingutility.api.files.DirectoryEntry;
import org.imagingutility.api.files.FileContent;
import org.imagingutility.api.files.FileDetails;
import org.imagingutility.api.files.FileNode;
import org.imagingutility.api.files.FileStream;
import org.imagingutility.api.files.FileTree;
import org.imagingutility.api.files.FileTreeTraits;
import org.imagingutility.api.files.LinkTarget;
import org.imagingutility.engine.view.ContentKeeper;

/** A tree whose reader may be replaced while it is used: a call waits for the one that comes, and goes on with the same file. For one thread. */
final class LastingTree implements FileTree {
    private final ContentKeeper<OpenFiles> keeper;
    private final FileSystemInfo info;
    private final FileTreeTraits traits;
    private final List<String> warnings;
    private final LastingNode root;
    private OpenFiles source;
    private FileTree tree;
    private boolean closed;

    /**
     * Something done with the tree as it is now.
     *
     * @param <T> what comes of it
     */
    @FunctionalInterface
    interface Use<T> {
        T with(OpenFiles source, FileTree tree) throws ImagingException;
    }

    LastingTree(ContentKeeper<OpenFiles> keeper) throws ImagingException {
        this.keeper = keeper;
        this.root = call(LastingNode::root);
        this.info = tree.info();
        this.traits = tree.traits();
        this.warnings = tree.warnings();
    }

    /** Does something, again where a plug-in left meanwhile. */
    <T> T call(Use<T> use) throws ImagingException {
        if (closed) {
            throw new IllegalStateException("the tree is closed");
        }
        return keeper.<T, RuntimeException>call(open -> {
            if (source != open) {
                // what was taken before is closed: the reader that it belonged to is gone
                source = null;
                tree = open.take();
                source = open;
            }
            return use.with(open, tree);
        });
    }

    static LastingNode lasting(FileNode node) {
        if (node instanceof LastingNode lasting) {
            return lasting;
        }
        throw new IllegalArgumentException("a node of another tree");
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
        LastingCursor cursor = new LastingCursor(this, lasting(directory));
        cursor.begin();
        return cursor;
    }

    @Override
    public Optional<DirectoryEntry> find(FileNode directory, String name) throws ImagingException {
        LastingNode parent = lasting(directory);
        return call((open, now) -> now.find(parent.in(open, now), name)
                .map(entry -> new DirectoryEntry(entry.name(), LastingNode.of(parent, entry, open))));
    }

    @Override
    public FileDetails details(FileNode node) throws ImagingException {
        return call((open, now) -> now.details(lasting(node).in(open, now)));
    }

    @Override
    public List<FileStream> streams(FileNode node) throws ImagingException {
        return call((open, now) -> now.streams(lasting(node).in(open, now)));
    }

    @Override
    public FileContent open(FileNode file) throws ImagingException {
        return LastingContent.open(this, (open, now) -> now.open(lasting(file).in(open, now)));
    }

    @Override
    public FileContent open(FileNode node, FileStream stream) throws ImagingException {
        return LastingContent.open(this, (open, now) -> now.open(lasting(node).in(open, now), stream));
    }

    @Override
    public LinkTarget target(FileNode link) throws ImagingException {
        return call((open, now) -> now.target(lasting(link).in(open, now)));
    }

    @Override
    public void close() throws ImagingException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            keeper.<Boolean, RuntimeException>call(open -> {
                if (open == source) {
                    source = null;
                    open.give(tree);
                }
                return true;
            });
        } catch (CancelledException e) {
            // the server ends: whoever closes the volume closes its trees
            System.getLogger(LastingTree.class.getName()).log(System.Logger.Level.TRACE, "given back too late", e);
        }
    }
}
