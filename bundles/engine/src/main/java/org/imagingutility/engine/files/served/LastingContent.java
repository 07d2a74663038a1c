package org.imagingutility.engine.files.served;

import java.nio.ByteBuffer;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.FileContent;
import org.imagingutility.api.files.FileRange;
import org.imagingutility.api.files.FileTree;

/** Content that is opened again when the reader was replaced, and has the same length then. For one thread. */
final class LastingContent implements FileContent {
    private final LastingTree tree;
    private final LastingTree.Use<FileContent> opener;
    private OpenFiles source;
    private FileContent content;
    private long length = -1;
    private boolean closed;

    private LastingContent(LastingTree tree, LastingTree.Use<FileContent> opener) {
        this.tree = tree;
        this.opener = opener;
    }

    static LastingContent open(LastingTree tree, LastingTree.Use<FileContent> opener) throws ImagingException {
        LastingContent content = new LastingContent(tree, opener);
        tree.call(content::current);
        return content;
    }

    private FileContent current(OpenFiles open, FileTree now) throws ImagingException {
        if (closed) {
            throw new IllegalStateException("the content is closed");
        }
        if (source != open) {
            source = null;
            content = opener.with(open, now);
            if (length >= 0 && content.length() != length) {
                throw new FileSystemException(now.info().fileSystem(), -1, "a file has " + content.length() + " bytes for the reader that came, and "
                        + length + " for the one before", null);
            }
            length = content.length();
            source = open;
        }
        return content;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void read(long offset, ByteBuffer target) throws ImagingException {
        int begin = target.position();
        tree.call((open, now) -> {
            current(open, now).read(offset, target.position(begin));
            return true;
        });
    }

    @Override
    public FileRange range(long offset, long limit) throws ImagingException {
        return tree.call((open, now) -> current(open, now).range(offset, limit));
    }

    @Override
    public void close() throws ImagingException {
        if (closed) {
            return;
        }
        tree.call((open, now) -> {
            if (source == open) {
                content.close();
            }
            return true;
        });
        closed = true;
    }
}
