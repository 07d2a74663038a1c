package org.imagingutility.engine.resume;

/**
 * What is often asked of a chunk of an unfinished image.
 *
 * @param deviceOffset its first byte of device
 * @param deviceEnd the first byte of device behind it
 * @param codecWireId wire id of the codec of its frames
 * @param frameCount how many frames are there
 * @param usedBytes bytes of device in use in it
 */
record ChunkSummary(long deviceOffset, long deviceEnd, int codecWireId, int frameCount, long usedBytes) {

    static ChunkSummary of(UnfinishedChunk chunk) {
        return new ChunkSummary(chunk.plan().deviceOffset(), chunk.deviceEnd(), chunk.codecWireId(), chunk.frames().size(),
                chunk.plan().extents().totalLength());
    }
}
