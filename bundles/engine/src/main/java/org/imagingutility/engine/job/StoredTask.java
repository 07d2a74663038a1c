package org.imagingutility.engine.job;

import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.FrameEntry;

/**
 * One stored frame.
 *
 * @param table the table of its chunk
 * @param entry the frame
 * @param offset first byte of device
 */
record StoredTask(ChunkTable table, FrameEntry entry, long offset) {

    int contentLength() {
        return entry.frame().contentLength();
    }

    int storedLength() {
        return entry.frame().storedLength();
    }

    long end() {
        return offset + contentLength();
    }
}
