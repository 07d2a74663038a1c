package org.imagingutility.files.ntfs;

import java.util.function.BooleanSupplier;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.DirectoryCursor;
import org.imagingutility.api.files.DirectoryEntry;
import org.imagingutility.files.ntfs.index.IndexEntry;
import org.imagingutility.files.ntfs.index.IndexWalk;

/**
 * A pass over a directory, without the short names that Windows makes up for files with long ones. The files that the file system keeps
 * for itself are passed over, but found by their names. For one thread.
 */
final class NtfsDirectory implements DirectoryCursor {
    private final IndexWalk walk;
    private final NtfsNames names;
    private final long directory;
    private final BooleanSupplier open;
    private boolean closed;
    private DirectoryEntry entry;

    /** Creates a pass over what {@code walk} finds in {@code directory}, a reference, as long as the tree is {@code open}. */
    NtfsDirectory(IndexWalk walk, NtfsNames names, long directory, BooleanSupplier open) {
        this.walk = walk;
        this.names = names;
        this.directory = directory;
        this.open = open;
    }

    @Override
    public boolean next() throws ImagingException {
        if (closed || !open.getAsBoolean()) {
            throw new IllegalStateException("the directory is closed");
        }
        while (walk.next()) {
            IndexEntry found = walk.entry();
            if (!found.key().dos() && !NtfsNames.isSystem(found, directory)) {
                entry = names.entry(found, directory);
                return true;
            }
        }
        return false;
    }

    @Override
    public DirectoryEntry entry() {
        if (entry == null) {
            throw new IllegalStateException("there is no entry before the first call of next()");
        }
        return entry;
    }

    @Override
    public void close() {
        closed = true;
    }
}
