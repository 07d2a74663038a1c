package org.imagingutility.api.files;

import org.imagingutility.api.error.ImagingException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A pass over a directory. Memory does not grow with the directory. For one thread, the one that uses the tree.
 *
 * <pre>{@code
 * while (cursor.next()) {
 *     use(cursor.entry());
 * }
 * }</pre>
 */
@ConsumerType
public interface DirectoryCursor extends AutoCloseable {

    /**
     * Moves to the next name.
     *
     * @return false at the end, and at every further call
     * @throws org.imagingutility.api.error.FileSystemException if a part of the directory does not hold. The next call continues behind it, or
     *         returns false where nothing can be told of what follows
     * @throws org.imagingutility.api.error.DeviceException if a part cannot be read; the next call continues in the same way
     */
    boolean next() throws ImagingException;

    /** Returns the name. Valid after {@link #next()} said true, until it is called again. */
    DirectoryEntry entry();

    @Override
    void close() throws ImagingException;
}
