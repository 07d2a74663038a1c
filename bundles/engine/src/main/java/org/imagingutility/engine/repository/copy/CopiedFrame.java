package org.imagingutility.engine.repository.copy;

import org.imagingutility.api.container.ChunkPlan;
import org.imagingutility.engine.frames.StoredFrame;

/**
 * A frame to be copied.
 *
 * @param plan its chunk in the new image, which is as in the old one
 * @param frame the frame of the old image
 * @param known whether this copy has seen all of its chunk's frames in the other repository, in the form that they have here
 */
record CopiedFrame(ChunkPlan plan, StoredFrame frame, boolean known) {
}
