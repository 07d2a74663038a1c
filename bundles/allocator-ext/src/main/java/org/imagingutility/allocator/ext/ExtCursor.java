package org.imagingutility.allocator.ext;

import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.error.ImagingException;

/** A pass over the blocks in use, over the boot block and over what follows the last block. For one thread. */
final class ExtCursor implements ExtentCursor {
    private static final long NO_RUN = -1;

    private final Geometry geometry;
    private final GroupLoader loader;
    private final GroupBitmap bitmap;
    private final long deviceLength;
    /** The group the bitmap is of. */
    private long group = -1;
    /** Cluster of the group behind what was looked at. */
    private int position;
    /** Byte offset of the run that is under way, or {@link #NO_RUN}. The boot block, block 0, always counts as in use. */
    private long runStart;
    private long offset;
    private long length;
    /** False while a step is under way, and for good when it failed: a pass cut short must not look complete. */
    private boolean usable = true;
    private boolean closed;

    /** Creates a pass over what {@code allocation} says. */
    ExtCursor(ExtAllocation allocation) {
        this.geometry = allocation.volume().geometry();
        this.loader = new GroupLoader(allocation);
        this.bitmap = new GroupBitmap(geometry.blockSize());
        this.deviceLength = allocation.device().length();
        if (allocation.everything()) {
            group = geometry.groupCount();
        }
    }

    @Override
    public boolean next() throws ImagingException {
        if (closed || !usable) {
            throw new IllegalStateException(closed ? "the cursor is closed" : "the pass has failed before");
        }
        usable = false;
        boolean found = advance();
        usable = true;
        return found;
    }

    @Override
    public long offset() {
        return offset;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void close() {
        closed = true;
    }

    private boolean advance() throws ImagingException {
        while (group < geometry.groupCount()) {
            if (position == bitmap.count()) {
                group++;
                position = 0;
                if (group < geometry.groupCount()) {
                    loader.load(group, bitmap);
                }
                continue;
            }
            boolean wanted = runStart == NO_RUN;
            position = bitmap.find(wanted, position);
            if (position < bitmap.count()) {
                long here = geometry.offset(geometry.groupStart(group) + ((long) position << geometry.clusterShift()));
                if (wanted) {
                    runStart = here;
                } else {
                    return found(here);
                }
            }
        }
        if (runStart == NO_RUN) {
            // surplus bytes behind the last block count as in use
            runStart = geometry.length();
        }
        return runStart < deviceLength && found(deviceLength);
    }

    private boolean found(long end) {
        offset = runStart;
        length = end - runStart;
        runStart = end == deviceLength ? deviceLength : NO_RUN;
        return true;
    }
}
