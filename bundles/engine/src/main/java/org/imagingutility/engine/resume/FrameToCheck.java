package org.imagingutility.engine.resume;

import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.engine.plan.FrameTask;

/**
 * A frame of an unfinished image that is checked before the image is resumed.
 *
 * @param chunk its chunk
 * @param chunkIndex number of its chunk
 * @param place how many frames of its chunk stand before it
 * @param task its window, as it would be read from the device
 * @param compare whether it is compared with the device
 */
record FrameToCheck(UnfinishedChunk chunk, int chunkIndex, int place, FrameTask task, boolean compare) {

    FrameEntry entry() {
        return chunk.frames().get(place);
    }
}
