package org.imagingutility.tck.files;

import java.util.List;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.DirectoryCursor;
import org.imagingutility.api.files.FileContent;
import org.imagingutility.api.files.FileDetails;
import org.imagingutility.api.files.FileNode;
import org.imagingutility.api.files.FileStream;
import org.imagingutility.api.files.FileTree;
import org.imagingutility.api.files.FileTreeTraits;
import org.imagingutility.api.files.LinkTarget;

/**
 * A tree that asks another one, for tests to change this or that of it. A name is found by {@link #list}, as the interface has it, so that
 * who changes that changes both.
 */
public class ForwardingFileTree implements FileTree {
    private final FileTree tree;

    /** Creates a tree that asks {@code tree}. */
    public ForwardingFileTree(FileTree tree) {
        this.tree = tree;
    }

    @Override
    public FileSystemInfo info() {
        return tree.info();
    }

    @Override
    public FileTreeTraits traits() {
        return tree.traits();
    }

    @Override
    public List<String> warnings() {
        return tree.warnings();
    }

    @Override
    public FileNode root() {
        return tree.root();
    }

    @Override
    public DirectoryCursor list(FileNode directory) throws ImagingException {
        return tree.list(directory);
    }

    @Override
    public FileDetails details(FileNode node) throws ImagingException {
        return tree.details(node);
    }

    @Override
    public List<FileStream> streams(FileNode node) throws ImagingException {
        return tree.streams(node);
    }

    @Override
    public FileContent open(FileNode file) throws ImagingException {
        return tree.open(file);
    }

    @Override
    public FileContent open(FileNode node, FileStream stream) throws ImagingException {
        return tree.open(node, stream);
    }

    @Override
    public LinkTarget target(FileNode link) throws ImagingException {
        return tree.target(link);
    }

    @Override
    public void close() throws ImagingException {
        tree.close();
    }
}
