package org.imagingutility.engine.frames;

import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.FrameEntry;

/**
 * One stored frame.
 *
 * @param table the table of its chunk
 * @param entry the frame
 * @param offset first byte of device
 */
public record StoredFrame(ChunkTable table, FrameEntry entry, long offset) {

    /** Returns how many bytes of device it holds. */
    public int contentLength() {
        return entry.frame().contentLength();
    }

    /** Returns how many bytes of the image file it takes. */
    public int storedLength() {
        return entry.frame().storedLength();
    }

    /** Returns the first byte of device behind it. */
    public long end() {
        return offset + contentLength();
    }
}
