package org.imagingutility.format.skz;

import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.error.ImagingException;

/**
 * The index as it grows while an image is written: blocks of empty slots, the first behind the header, filled in place
 * when their chunks are on stable storage. In a file that is written in one pass it has no slots. For one thread.
 */
final class FrontIndex {
    private final ImageOutput out;
    private final StructureWriter structures;
    private final long imageId;
    private final Committer committer;
    private IndexBlock block;
    private int used;

    /** Writes the first block. {@code committer} is null in a file that is written in one pass. */
    FrontIndex(ImageOutput out, StructureWriter structures, long imageId, Committer committer, ImageSpec spec)
            throws ImagingException {
        this.out = out;
        this.structures = structures;
        this.imageId = imageId;
        this.committer = committer;
        // one more for the place of the next block
        append(0, committer == null ? 0 : (int) Math.max(1, spec.plannedChunks()) + 1);
    }

    /** Sees to it that there is a slot for one more chunk; if not, adds a block, which is on stable storage before it is linked. */
    void reserve() throws ImagingException {
        if (committer == null || used < block.capacity()) {
            return;
        }
        committer.await();
        IndexBlock full = block;
        append(full.blockIndex() + 1, Limits.EXTENSION_SLOTS);
        out.file().force();
        out.file().write(full.slotOffset(full.capacity()), IndexSlot.continuation(block.fileOffset(), imageId));
    }

    /** Enters a chunk whose last byte was just written. */
    void commit(IndexSlot slot) throws ImagingException {
        if (committer != null) {
            committer.commit(block.slotOffset(used), slot.encoded(imageId));
            used++;
        }
    }

    private void append(int blockIndex, int slotCount) throws ImagingException {
        block = new IndexBlock(out.position(), blockIndex, slotCount);
        used = 0;
        out.write(block.encodeHead(imageId, structures));
        out.writeZeros(block.end() - out.position());
    }
}
