package org.imagingutility.api.container;

import java.util.List;
import java.util.Objects;

/**
 * A chunk that was being written when the image was interrupted.
 *
 * @param plan its place and extents
 * @param codecWireId wire id of the codec of its frames
 * @param level level of that codec
 * @param frames its first frames, those that are whole, in device order; the checksums of their stored bytes hold
 */
public record PartialChunk(ChunkPlan plan, int codecWireId, int level, List<FrameEntry> frames) {

    /** Copies the list. */
    public PartialChunk {
        Objects.requireNonNull(plan, "plan");
        frames = List.copyOf(frames);
    }
}
