package org.imagingutility.api.container;

import java.util.List;
import java.util.Objects;
import org.imagingutility.api.ExtentList;

/**
 * What a chunk holds. Checked against the chunk's digest when it was read.
 *
 * @param chunk the entry of the index
 * @param extents what is in use in the chunk's range of the device
 * @param frames its frames in device order
 */
public record ChunkTable(ChunkInfo chunk, ExtentList extents, List<FrameEntry> frames) {

    /** Copies the list. */
    public ChunkTable {
        Objects.requireNonNull(chunk, "chunk");
        Objects.requireNonNull(extents, "extents");
        frames = List.copyOf(frames);
    }
}
