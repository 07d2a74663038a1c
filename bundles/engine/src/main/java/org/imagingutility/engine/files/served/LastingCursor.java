package org.imagingutility.engine.files.served;

import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.DirectoryCursor;
import org.imagingutility.api.files.DirectoryEntry;
import org.imagingutility.api.files.FileTree;

/** A pass over a directory, begun again and led to where it was when the reader was replaced: the order is that of the volume. For one thread. */
final class LastingCursor implements DirectoryCursor {
    private final LastingTree tree;
    private final LastingNode directory;
    private OpenFiles source;
    private DirectoryCursor cursor;
    /** Calls of {@code next} that came to an end, by an answer or an error. */
    private long steps;
    private DirectoryEntry entry;

    LastingCursor(LastingTree tree, LastingNode directory) {
        this.tree = tree;
        this.directory = directory;
    }

    /** Begins, so that what is no directory is known at once. */
    void begin() throws ImagingException {
        tree.call(this::current);
    }

    private DirectoryCursor current(OpenFiles open, FileTree now) throws ImagingException {
        if (source != open) {
            source = null;
            DirectoryCursor begun = now.list(directory.in(open, now));
            for (long i = 0; i < steps; i++) {
                skip(begun);
            }
            cursor = begun;
            source = open;
        }
        return cursor;
    }

    private static void skip(DirectoryCursor cursor) throws ImagingException {
        try {
            cursor.next();
        } catch (FileSystemException | DeviceException e) {
            // was told when it was there first
            System.getLogger(LastingCursor.class.getName()).log(System.Logger.Level.TRACE, "passed over again", e);
        }
    }

    @Override
    public boolean next() throws ImagingException {
        try {
            return tree.call((open, now) -> {
                DirectoryCursor here = current(open, now);
                boolean more = here.next();
                entry = more ? new DirectoryEntry(here.entry().name(), LastingNode.of(directory, here.entry(), open)) : null;
                return more;
            });
        } finally {
            // one that a plug-in interrupted is within the call, and does not count
            steps++;
        }
    }

    @Override
    public DirectoryEntry entry() {
        if (entry == null) {
            throw new IllegalStateException("there is no entry");
        }
        return entry;
    }

    @Override
    public void close() throws ImagingException {
        tree.call((open, now) -> {
            if (source == open) {
                cursor.close();
            }
            return true;
        });
    }
}
