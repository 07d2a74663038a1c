package org.imagingutility.engine.write;

import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.container.ChunkPlan;

/**
 * The chunk in which a resumed image was interrupted. The rest of its frames is made as the first ones were.
 *
 * @param plan its place and extents
 * @param firstFrame index of the first window that is not there yet
 * @param codec compresses its frames
 * @param level level of the codec
 */
public record ResumedChunk(ChunkPlan plan, long firstFrame, Codec codec, int level) {
}
