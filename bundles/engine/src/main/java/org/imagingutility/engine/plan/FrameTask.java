package org.imagingutility.engine.plan;

import org.imagingutility.api.container.ChunkPlan;

/**
 * One frame to be made.
 *
 * @param chunk the chunk it is part of
 * @param frameIndex number of its window
 * @param offset first byte of device
 * @param contentLength bytes of device
 * @param firstExtent the first of the chunk's extents that lies in the window
 */
public record FrameTask(ChunkPlan chunk, long frameIndex, long offset, int contentLength, int firstExtent) {

    /** Returns the first byte after the window. */
    public long end() {
        return offset + contentLength;
    }

    /** Returns how many bytes of the window are in use. */
    public long usedBytes() {
        long used = 0;
        for (int i = firstExtent; i < chunk.extents().count() && chunk.extents().offset(i) < end(); i++) {
            used += Math.min(chunk.extents().end(i), end()) - Math.max(chunk.extents().offset(i), offset);
        }
        return used;
    }
}
