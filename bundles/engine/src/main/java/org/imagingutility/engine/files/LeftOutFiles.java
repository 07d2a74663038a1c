package org.imagingutility.engine.files;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.error.FileRefusedException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.files.DirectoryCursor;
import org.imagingutility.api.files.DirectoryEntry;
import org.imagingutility.api.files.FileContent;
import org.imagingutility.api.files.FileDetails;
import org.imagingutility.api.files.FileNode;
import org.imagingutility.api.files.FileStream;
import org.imagingutility.api.files.FileTree;
import org.imagingutility.api.files.FileTreeTraits;
import org.imagingutility.api.files.LinkTarget;
import org.imagingutility.api.files.TreePath;

/**
 * The tree of an image that does not hold the content of some files, since Windows recreates it ({@code pagefile.sys}): they are there, and their
 * content is refused. Zeros stand for it, and would be taken for what was in them. For one thread.
 */
public final class LeftOutFiles implements FileTree {
    private final FileTree tree;
    private final String image;
    private final Set<Long> leftOut;

    private LeftOutFiles(FileTree tree, String image, Set<Long> leftOut) {
        this.tree = tree;
        this.image = image;
        this.leftOut = leftOut;
    }

    /**
     * Returns the tree with these files refused; what is not there, or no file, needs no refusal.
     *
     * @param image reference of the image, for the error
     * @param paths from the root on, with backslashes between names, as the image's facts have them
     */
    public static FileTree refusing(FileTree tree, String image, List<String> paths) throws ImagingException {
        Set<Long> found = new HashSet<>();
        for (String path : paths) {
            try {
                found.add(TreePath.find(tree, path.replace('\\', '/'), false).node().id());
            } catch (UsageException e) {
                System.getLogger(LeftOutFiles.class.getName()).log(System.Logger.Level.DEBUG, "left out, and not there", e);
            }
        }
        return found.isEmpty() ? tree : new LeftOutFiles(tree, image, found);
    }

    @Override
    public FileContent open(FileNode file) throws ImagingException {
        if (leftOut.contains(file.id())) {
            throw new FileRefusedException(image, "file " + file.id(), FileRefusedException.Reason.NOT_KEPT,
                    "has no content in the image: it was left out because Windows recreates it (--keep-all-files keeps it)");
        }
        return tree.open(file);
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
    public Optional<DirectoryEntry> find(FileNode directory, String name) throws ImagingException {
        return tree.find(directory, name);
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
