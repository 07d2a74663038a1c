package org.imagingutility.format.skz.layout;

import org.imagingutility.api.ExtentList;

/** Goes through the windows of the device that a part of some extents lies in, in order. For one thread. */
public final class FrameWindows {
    private final ExtentList extents;
    private final long frameSize;
    private int extent;
    private long next;

    /** Goes through the windows of {@code frameSize} bytes that {@code extents} touch. */
    public FrameWindows(ExtentList extents, int frameSize) {
        this.extents = extents;
        this.frameSize = frameSize;
        this.next = extents.count() == 0 ? 0 : extents.offset(0) / frameSize;
    }

    /** Says whether there is another window. */
    public boolean hasNext() {
        return extent < extents.count();
    }

    /** Returns the index of the next window. */
    public long next() {
        long window = next;
        long end = (window + 1) * frameSize;
        // an end beyond the largest number means the last window of the largest device
        while (extent < extents.count() && (end < 0 || extents.end(extent) <= end)) {
            extent++;
        }
        if (hasNext()) {
            next = Math.max(window + 1, extents.offset(extent) / frameSize);
        }
        return window;
    }

    /** Returns how many windows there are. */
    public static long count(ExtentList extents, int frameSize) {
        long count = 0;
        long last = -1;
        for (int i = 0; i < extents.count(); i++) {
            long first = Math.max(last + 1, extents.offset(i) / frameSize);
            last = (extents.end(i) - 1) / frameSize;
            count += last - first + 1;
        }
        return count;
    }
}
