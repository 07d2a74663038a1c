package org.imagingutility.api.allocator;

import org.imagingutility.api.error.ImagingException;

/**
 * What passes over extents have in common, for allocators to extend. A step that failed ends the pass: asked to continue, it
 * throws, because a pass that was cut short must not look complete. For one thread.
 */
public abstract class ExtentPass implements ExtentCursor {
    private long offset;
    private long length;
    /** False while a step is under way, and for good when it failed. */
    private boolean usable = true;
    private boolean closed;

    /** Creates a pass before its first extent; {@link #offset()} and {@link #length()} are 0. */
    protected ExtentPass() {
    }

    /**
     * Finds the next extent and says it by {@link #found}.
     *
     * @return false at the end, and at every further call
     * @throws org.imagingutility.api.error.FileSystemException if the allocation cannot be trusted from here on
     */
    protected abstract boolean advance() throws ImagingException;

    /**
     * Makes {@code [offset, end)} the extent that the pass is at, in bytes of the device.
     *
     * @return whether it has bytes, as {@link #advance()} returns it
     */
    protected final boolean found(long offset, long end) {
        this.offset = offset;
        this.length = end - offset;
        return length > 0;
    }

    /** Returns the first byte behind the extent that the pass is at, 0 before the first. */
    protected final long end() {
        return offset + length;
    }

    @Override
    public final boolean next() throws ImagingException {
        if (closed || !usable) {
            throw new IllegalStateException(closed ? "the cursor is closed" : "the pass has failed before");
        }
        usable = false;
        boolean found = advance();
        usable = true;
        return found;
    }

    @Override
    public final long offset() {
        return offset;
    }

    @Override
    public final long length() {
        return length;
    }

    @Override
    public final void close() {
        closed = true;
    }
}
