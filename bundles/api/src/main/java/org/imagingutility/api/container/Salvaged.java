package org.imagingutility.api.container;

import java.util.List;
import java.util.Objects;
import org.imagingutility.api.Extent;

/** A part of the device as a damaged image tells of it. */
public sealed interface Salvaged {

    /**
     * Frames that were found, and what is known to be in use around them. A window of the plan without a frame is lost.
     *
     * @param plan its place and what is in use there; where the allocation map is lost, the whole windows of the frames
     * @param codecWireId wire id of the codec of its frames
     * @param frames those whose description was found, in device order; nobody has looked at their stored bytes
     */
    record Chunk(ChunkPlan plan, int codecWireId, List<FrameEntry> frames) implements Salvaged {

        /** Copies the list. */
        public Chunk {
            Objects.requireNonNull(plan, "plan");
            frames = List.copyOf(frames);
        }
    }

    /**
     * Nothing was found, and nobody knows what was in use there.
     *
     * @param device the range, which begins at a frame border and ends at one or at the end of the device; may be longer than
     *        any chunk
     */
    record Lost(Extent device) implements Salvaged {

        /** Checks that the range is there. */
        public Lost {
            Objects.requireNonNull(device, "device");
        }
    }
}
