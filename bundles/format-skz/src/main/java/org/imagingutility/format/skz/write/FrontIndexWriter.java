package org.imagingutility.format.skz.write;

import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.file.ImageOutput;
import org.imagingutility.format.skz.layout.IndexBlock;
import org.imagingutility.format.skz.layout.IndexSlot;
import org.imagingutility.format.skz.structure.Limits;

/**
 * The index as it grows while an image is written: blocks of empty slots, the first behind the header, filled in place
 * when their chunks are on stable storage. In a file that is written in one pass it has no slots. For one thread.
 */
public final class FrontIndexWriter {
    private final WriteTarget target;
    private IndexBlock block;
    private int used;

    private FrontIndexWriter(WriteTarget target) {
        this.target = target;
    }

    /** Writes the first block. */
    static FrontIndexWriter begin(WriteTarget target) throws ImagingException {
        FrontIndexWriter index = new FrontIndexWriter(target);
        // one more for the place of the next block
        index.append(0, target.committer() == null ? 0
                : (int) Math.max(1, target.header().spec().plannedChunks()) + 1);
        return index;
    }

    /** Returns an index whose last block stands in the file, its first {@code used} slots filled, the others empty. */
    public static FrontIndexWriter resume(WriteTarget target, IndexBlock last, int used) {
        FrontIndexWriter index = new FrontIndexWriter(target);
        index.block = last;
        index.used = used;
        return index;
    }

    /**
     * Sees to it that there is a slot for one more chunk; if not, adds a block, which is on stable storage before it is
     * linked.
     */
    void reserve() throws ImagingException {
        if (target.committer() == null || used < block.capacity()) {
            return;
        }
        target.committer().await();
        IndexBlock full = block;
        append(full.blockIndex() + 1, Limits.EXTENSION_SLOTS);
        target.out().file().force();
        target.out().file().write(full.slotOffset(full.capacity()),
                IndexSlot.continuation(block.fileOffset(), target.imageId()));
    }

    /** Enters a chunk whose last byte was just written. */
    void commit(IndexSlot slot) throws ImagingException {
        if (target.committer() != null) {
            target.committer().commit(block.slotOffset(used), slot.encoded(target.imageId()));
            used++;
        }
    }

    private void append(int blockIndex, int slotCount) throws ImagingException {
        ImageOutput out = target.out();
        block = new IndexBlock(out.position(), blockIndex, slotCount);
        used = 0;
        out.write(block.encodeHead(target.imageId(), target.structures()));
        out.writeZeros(block.end() - out.position());
    }
}
