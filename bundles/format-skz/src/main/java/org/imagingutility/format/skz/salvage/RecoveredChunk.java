package org.imagingutility.format.skz.salvage;

import java.util.List;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.ChunkPlan;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.Salvaged;
import org.imagingutility.format.skz.check.ImageRegion;
import org.imagingutility.format.skz.layout.ChunkDescription;
import org.imagingutility.format.skz.layout.IndexSlot;

/**
 * What is known of one chunk of a damaged image.
 *
 * @param region where it is
 * @param description its head; null if neither head nor table hold
 * @param frames the frames whose table entry or head holds
 * @param slot its index slot, if it is known and fits the frames; without it the chunk's structures cannot be made again
 * @param damages what does not hold
 */
record RecoveredChunk(ImageRegion region, ChunkDescription description, List<FrameEntry> frames, IndexSlot slot,
        List<Damage> damages) {

    /** Says whether all structures of the chunk follow from what was found. */
    boolean isWhole() {
        return description != null && slot != null && frames.size() == description.frameCount();
    }

    ExtentList extents() {
        return description.extents();
    }

    /** Returns what callers see of a chunk with a description. */
    Salvaged.Chunk toSalvaged() {
        return new Salvaged.Chunk(new ChunkPlan(description.deviceOffset(), description.deviceLength(), extents()),
                description.codecWireId(), frames);
    }

    /** Returns the table of a whole chunk. */
    ChunkTable toTable() {
        return new ChunkTable(slot.chunk(), extents(), frames);
    }
}
