package org.imagingutility.engine.files.served;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.FileSystemReader;
import org.imagingutility.api.files.FileTree;
import org.imagingutility.api.files.ReadingOptions;
import org.imagingutility.api.files.VolumeDevice;
import org.imagingutility.engine.files.LeftOutFiles;
import org.imagingutility.engine.view.ContentKeeper;

/**
 * The trees of one volume that are open, by a reader as it is until it is replaced. A tree is one thread's from {@link #take} to {@link #give}.
 * Used by several threads at once; closed when none of them is within a call.
 */
final class OpenFiles implements ContentKeeper.Kept {
    private static final int MOST_IDLE = 8;

    private final FileSystemReader reader;
    private final VolumeDevice volume;
    private final String reference;
    private final List<String> leftOut;
    private final Set<FileTree> all = new HashSet<>();
    private final Deque<FileTree> idle = new ArrayDeque<>();

    /** Creates it without a tree; {@code leftOut} are the paths of files whose content the image does not hold. */
    OpenFiles(FileSystemReader reader, VolumeDevice volume, String reference, List<String> leftOut) {
        this.reader = reader;
        this.volume = volume;
        this.reference = reference;
        this.leftOut = leftOut;
    }

    /** Returns a tree that nobody uses. */
    FileTree take() throws ImagingException {
        synchronized (this) {
            if (!idle.isEmpty()) {
                return idle.pop();
            }
        }
        FileTree tree = reader.open(volume, ReadingOptions.standard()).orElseThrow(() -> new FileSystemException(reference, -1,
                "the reader \"" + reader.name() + "\" does not find its file system any more", null));
        synchronized (this) {
            all.add(tree);
        }
        try {
            FileTree shown = LeftOutFiles.refusing(tree, reference, leftOut);
            synchronized (this) {
                all.remove(tree);
                all.add(shown);
            }
            return shown;
        } catch (ImagingException | RuntimeException | Error e) {
            drop(tree, e);
            throw e;
        }
    }

    private void drop(FileTree tree, Throwable error) {
        synchronized (this) {
            all.remove(tree);
        }
        try {
            tree.close();
        } catch (ImagingException e) {
            error.addSuppressed(e);
        }
    }

    /** Takes a tree back. */
    void give(FileTree tree) throws ImagingException {
        synchronized (this) {
            if (idle.size() < MOST_IDLE) {
                idle.push(tree);
                return;
            }
            all.remove(tree);
        }
        tree.close();
    }

    /** Closes all trees, those that somebody has as well: who has one is to notice. */
    @Override
    public void close() throws ImagingException {
        List<FileTree> open;
        synchronized (this) {
            open = new ArrayList<>(all);
            all.clear();
            idle.clear();
        }
        ImagingException first = null;
        for (FileTree tree : open) {
            try {
                tree.close();
            } catch (ImagingException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
