package org.imagingutility.api.allocator;

import org.imagingutility.api.error.ImagingException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A pass over extents in ascending order. Extents do not overlap and do not touch, lie within the device, and each
 * pass over an unchanged device gives the same ones. Memory does not grow with the size of the volume.
 *
 * <pre>{@code
 * while (cursor.next()) {
 *     use(cursor.offset(), cursor.length());
 * }
 * }</pre>
 */
@ConsumerType
public interface ExtentCursor extends AutoCloseable {

    /**
     * Moves to the next extent.
     *
     * @return false at the end, and at every further call
     * @throws org.imagingutility.api.error.FileSystemException if the allocation cannot be trusted from here on
     */
    boolean next() throws ImagingException;

    /** Returns the first byte of the extent, a byte offset on the device. Valid after {@link #next()} said true. */
    long offset();

    /** Returns the length of the extent in bytes, positive. Valid after {@link #next()} said true. */
    long length();

    @Override
    void close() throws ImagingException;
}
