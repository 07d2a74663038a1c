package org.imagingutility.engine.job;

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
record KeptChunk(ChunkPlan plan, int codecWireId, List<FrameEntry> frames) {

    static KeptChunk of(ChunkTable table) {
        return new KeptChunk(new ChunkPlan(table.chunk().deviceOffset(), table.chunk().deviceLength(), table.extents()),
                table.chunk().codecWireId(), table.frames());
    }

    static KeptChunk of(PartialChunk chunk) {
        return new KeptChunk(chunk.plan(), chunk.codecWireId(), chunk.frames());
    }

    /** Returns the first byte of device behind the chunk. */
    long deviceEnd() {
        return plan.deviceOffset() + plan.deviceLength();
    }
}
