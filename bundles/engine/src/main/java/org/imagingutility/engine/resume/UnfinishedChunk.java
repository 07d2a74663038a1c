package org.imagingutility.engine.resume;

import java.util.List;
import org.imagingutility.api.container.ChunkPlan;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.PartialChunk;

/**
 * A chunk of an unfinished image, whole or not.
 *
 * @param plan its place and extents
 * @param codecWireId wire id of the codec of its frames
 * @param frames the frames that are there
 */
public record UnfinishedChunk(ChunkPlan plan, int codecWireId, List<FrameEntry> frames) {

    static UnfinishedChunk of(ChunkTable table) {
        return new UnfinishedChunk(new ChunkPlan(table.chunk().deviceOffset(), table.chunk().deviceLength(), table.extents()),
                table.chunk().codecWireId(), table.frames());
    }

    static UnfinishedChunk of(PartialChunk chunk) {
        return new UnfinishedChunk(chunk.plan(), chunk.codecWireId(), chunk.frames());
    }

    /** Returns the first byte of device behind the chunk. */
    public long deviceEnd() {
        return plan.deviceOffset() + plan.deviceLength();
    }
}
