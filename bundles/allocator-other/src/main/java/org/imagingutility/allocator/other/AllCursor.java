package org.imagingutility.allocator.other;

import org.imagingutility.api.allocator.ExtentCursor;

/** Gives the one extent of a device that has bytes, and none of a device that has no bytes. For one thread. */
final class AllCursor implements ExtentCursor {
    private final long deviceLength;
    private boolean pending;
    private boolean closed;

    /** Creates a cursor over a device of {@code deviceLength} bytes. */
    AllCursor(long deviceLength) {
        this.deviceLength = deviceLength;
        this.pending = deviceLength > 0;
    }

    @Override
    public boolean next() {
        if (closed) {
            throw new IllegalStateException("the cursor is closed");
        }
        boolean found = pending;
        pending = false;
        return found;
    }

    @Override
    public long offset() {
        return 0;
    }

    @Override
    public long length() {
        return deviceLength;
    }

    @Override
    public void close() {
        closed = true;
    }
}
