package org.imagingutility.engine.repair;

import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.ChunkPlan;
import org.imagingutility.api.container.FrameEntry;

/**
 * One window of a damaged image.
 *
 * @param plan the chunk it is part of in the image that is written
 * @param codecWireId wire id of the codec of its frame
 * @param entry its frame; null if it is lost
 * @param frameIndex number of the window
 * @param offset first byte of device
 * @param contentLength bytes of device
 */
record RepairTask(ChunkPlan plan, int codecWireId, FrameEntry entry, long frameIndex, long offset, int contentLength) {

    /** Returns what of the window was in use. */
    ExtentList used() {
        return plan.extents().within(offset, contentLength);
    }

    int storedLength() {
        return entry == null ? 0 : entry.frame().storedLength();
    }
}
