package org.imagingutility.api.container;

import java.util.Objects;
import org.imagingutility.api.ExtentList;

/**
 * A chunk about to be written. It has exactly one frame for each window that a part of {@code extents} lies in.
 *
 * @param deviceOffset first byte of device, a multiple of the frame size
 * @param deviceLength bytes of device; ends at a frame border or at the end of the device
 * @param extents what is in use there; not empty
 */
public record ChunkPlan(long deviceOffset, long deviceLength, ExtentList extents) {

    /** Checks that the extents lie in the chunk. */
    public ChunkPlan {
        Objects.requireNonNull(extents, "extents");
        if (deviceOffset < 0 || deviceLength <= 0 || deviceOffset > Long.MAX_VALUE - deviceLength) {
            throw new IllegalArgumentException("no range: " + deviceOffset + "+" + deviceLength);
        }
        if (extents.count() == 0) {
            throw new IllegalArgumentException("a chunk without extents at " + deviceOffset);
        }
        if (extents.offset(0) < deviceOffset || extents.end(extents.count() - 1) > deviceOffset + deviceLength) {
            throw new IllegalArgumentException("extents " + extents + " outside the chunk " + deviceOffset + "+" + deviceLength);
        }
    }
}
