package org.imagingutility.format.skz.check;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.file.OpenImage;
import org.imagingutility.format.skz.layout.IndexBlock;
import org.imagingutility.format.skz.layout.IndexSlot;
import org.imagingutility.format.skz.structure.Limits;
import org.imagingutility.format.skz.structure.StructureWriter;

/**
 * Checks that between header and tail gap there is nothing but chunks and index blocks, and that the blocks have the
 * slots of the chunks behind them, a link to the next block, and zeros. For one thread.
 */
final class FrontIndexCheck {
    private static final int SLOTS_AT_ONCE = 512;

    private final OpenImage image;
    private final List<IndexSlot> slots;
    private final ByteComparison comparison;

    FrontIndexCheck(OpenImage image, ByteComparison comparison) {
        this.image = image;
        this.slots = image.slots();
        this.comparison = comparison;
    }

    void run() throws ImagingException {
        long position = image.footer().headerLength();
        int blockIndex = 0;
        int chunkIndex = 0;
        do {
            long end = chunkStart(chunkIndex);
            int behind = adjacentEnd(chunkIndex);
            block(position, end, blockIndex++, chunkIndex, behind);
            position = behind == chunkIndex ? end : slots.get(behind - 1).fileEnd();
            chunkIndex = behind;
        } while (chunkIndex < slots.size() || position < image.footer().tailGapOffset());
    }

    /** Returns where chunk {@code chunkIndex} begins, or what follows the last chunk. */
    private long chunkStart(int chunkIndex) {
        return chunkIndex < slots.size() ? slots.get(chunkIndex).chunk().fileOffset() : image.footer().tailGapOffset();
    }

    /**
     * Returns the first chunk from {@code first} on that does not begin where the one before it ends, {@code first} excluded.
     */
    private int adjacentEnd(int first) {
        int chunk = first;
        while (chunk < slots.size() && (chunk == first || chunkStart(chunk) == slots.get(chunk - 1).fileEnd())) {
            chunk++;
        }
        return chunk;
    }

    /**
     * Checks the block from {@code offset} to {@code end}, which has the slots of the chunks {@code first} to {@code behind}.
     */
    private void block(long offset, long end, int blockIndex, int first, int behind) throws ImagingException {
        long slotBytes = end - offset - IndexBlock.HEAD_LENGTH;
        long slotCount = slotBytes / IndexSlot.LENGTH;
        boolean streamed = image.header().streamed();
        boolean holds = slotBytes >= 0 && slotBytes % IndexSlot.LENGTH == 0 && slotCount <= Limits.CHUNKS
                && (streamed ? slotCount == 0 && blockIndex == 0 : slotCount > behind - first)
                && (nextBlock(behind) < 0 || slotCount == behind - first + 1);
        if (!holds) {
            comparison.report(offset, end - offset, (end - offset) + " bytes that are no index block for chunks " + first
                    + " to " + (behind - 1));
            return;
        }
        IndexBlock block = new IndexBlock(offset, blockIndex, (int) slotCount);
        comparison.bytes(offset, block.encodeHead(image.footer().imageId(), StructureWriter.onHeap()),
                "head of index block " + blockIndex);
        for (int slot = 0; slot < block.slotCount(); slot += SLOTS_AT_ONCE) {
            slots(block, slot, Math.min(SLOTS_AT_ONCE, block.slotCount() - slot), first, behind);
        }
    }

    private void slots(IndexBlock block, int from, int count, int firstChunk, int behindChunk) throws ImagingException {
        ByteBuffer expected = ByteBuffer.allocate(count * IndexSlot.LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        for (int slot = from; slot < from + count; slot++) {
            expected.position((slot - from) * IndexSlot.LENGTH);
            if (slot == block.capacity() && nextBlock(behindChunk) >= 0) {
                expected.put(IndexSlot.continuation(nextBlock(behindChunk), image.footer().imageId()));
            } else if (slot < behindChunk - firstChunk) {
                slots.get(firstChunk + slot).encode(expected, image.footer().imageId());
            }
        }
        try {
            compare(image.in().read(block.slotOffset(from), expected.capacity()), expected.clear(), block, from);
        } catch (ImageReadException e) {
            comparison.report(block.slotOffset(from), expected.capacity(), "slots of index block " + block.blockIndex()
                    + " cannot be read: " + e.getMessage());
        }
    }

    /** Returns where the block behind the chunk before {@code behindChunk} begins, or -1 if there is none. */
    private long nextBlock(int behindChunk) {
        long end = behindChunk == 0 ? image.footer().tailGapOffset() : slots.get(behindChunk - 1).fileEnd();
        return end < chunkStart(behindChunk) ? end : -1;
    }

    private void compare(ByteBuffer found, ByteBuffer expected, IndexBlock block, int from) {
        for (int i = 0; i < expected.capacity(); i += IndexSlot.LENGTH) {
            int difference = found.slice(i, IndexSlot.LENGTH).mismatch(expected.slice(i, IndexSlot.LENGTH));
            if (difference >= 0) {
                int slot = from + i / IndexSlot.LENGTH;
                comparison.report(block.slotOffset(slot), IndexSlot.LENGTH, "slot " + slot + " of index block "
                        + block.blockIndex() + " is not what it must be, first at byte "
                        + (block.slotOffset(slot) + difference));
            }
        }
    }
}
