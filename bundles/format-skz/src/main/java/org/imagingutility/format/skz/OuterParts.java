package org.imagingutility.format.skz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.imagingutility.api.error.ImagingException;

/**
 * Goes through the parts of a damaged image that lie outside its chunks, as far as they are known. For one thread.
 */
final class OuterParts {
    private static final int SLOTS_AT_ONCE = 512;

    private final ImageTrace image;
    private final List<Trace> traces;
    private final List<IndexSlot> slots;
    private final boolean allSlots;

    /** Creates the parts; {@code slots} has the slot of each trace, null where it is not known. */
    OuterParts(ImageTrace image, List<Trace> traces, List<IndexSlot> slots) {
        this.image = image;
        this.traces = traces;
        this.slots = slots;
        this.allSlots = !slots.contains(null) && image.chunkCount() == slots.size();
    }

    /** Shows the header and the index blocks. */
    void visitFront(PartVisitor visitor) throws ImagingException {
        visitor.bytes(0, image.headerBytes().duplicate(), "header");
        long position = image.headerBytes().limit();
        int blockIndex = 0;
        int first = 0;
        while (first < traces.size() && traces.get(first).isChunk()) {
            int behind = adjacentEnd(first);
            block(position, traces.get(first).fileStart(), blockIndex++, first, behind, visitor);
            position = traces.get(behind - 1).fileEnd();
            first = behind;
        }
        if (first == traces.size() && position < lastBlockEnd()) {
            block(position, lastBlockEnd(), blockIndex, first, first, visitor);
        }
    }

    /** Returns where a block that no chunk follows must end; there is none if nothing tells. */
    private long lastBlockEnd() {
        return image.footer().map(Footer::tailGapOffset).orElse(0L);
    }

    /** Returns where the block behind the chunks before trace {@code behind} begins, or -1 if there is none or it is not known. */
    private long nextBlock(int behind) {
        long end = behind == 0 ? Long.MAX_VALUE : traces.get(behind - 1).fileEnd();
        boolean more = behind < traces.size() ? traces.get(behind).isChunk() : end < lastBlockEnd();
        return more ? end : -1;
    }

    /** Shows what stands between the last chunk and the index copy. */
    void visitTailGap(PartVisitor visitor) throws ImagingException {
        Trace last = traces.isEmpty() ? null : traces.get(traces.size() - 1);
        if (image.footer().isPresent() && (last == null || last.isChunk())) {
            Footer footer = image.footer().get();
            long deviceEnd = last == null ? 0 : last.deviceEnd();
            visitor.gap(image.header().spec().codecWireId(), image.deviceLength() - deviceEnd, footer.tailGapOffset(),
                    footer.copyOffset(), "gap behind the last chunk");
        }
    }

    /** Shows the copies: of the footer, the index and the header. */
    void visitCopies(PartVisitor visitor) throws ImagingException {
        if (image.footer().isEmpty()) {
            return;
        }
        Footer footer = image.footer().get();
        visitor.bytes(footer.copyOffset(), footer.encode(StructureKind.FOOTER_COPY, StructureWriter.onHeap()), "footer copy");
        if (allSlots) {
            visitor.bytes(footer.indexCopyOffset(), IndexCopy.encode(slots, image.imageId(), StructureWriter.onHeap()),
                    "index copy");
        } else {
            visitor.unknown(footer.indexCopyOffset(), footer.indexCopyLength(),
                    "index copy: the slots of some chunks are not known any more");
        }
        visitor.bytes(footer.headerCopyOffset(), image.headerBytes().duplicate(), "header copy");
    }

    /** Shows the footer and what follows it. */
    void visitEnd(PartVisitor visitor) throws ImagingException {
        if (image.footer().isEmpty()) {
            visitor.unknown(image.in().length(), 0, "neither a footer nor a footer copy was found: the image was not finished,"
                    + " or its end is lost");
            return;
        }
        Footer footer = image.footer().get();
        visitor.bytes(footer.fileOffset(), footer.encode(StructureKind.FOOTER, StructureWriter.onHeap()), "footer");
        if (image.in().length() > footer.fileLength()) {
            visitor.unknown(footer.fileLength(), image.in().length() - footer.fileLength(),
                    (image.in().length() - footer.fileLength()) + " bytes follow the end of the image");
        }
    }

    /** Returns the first trace from {@code first} on that is no chunk right behind the one before it. */
    private int adjacentEnd(int first) {
        int behind = first + 1;
        while (behind < traces.size() && traces.get(behind).isChunk()
                && traces.get(behind).fileStart() == traces.get(behind - 1).fileEnd()) {
            behind++;
        }
        return behind;
    }

    private void block(long offset, long end, int blockIndex, int first, int behind, PartVisitor visitor)
            throws ImagingException {
        long slotBytes = end - offset - IndexBlock.HEAD_LENGTH;
        long slotCount = slotBytes / IndexSlot.LENGTH;
        boolean streamed = image.header().streamed();
        boolean known = slotBytes >= 0 && slotBytes % IndexSlot.LENGTH == 0 && slotCount <= Limits.CHUNKS
                && (streamed ? slotCount == 0 && blockIndex == 0 : slotCount > behind - first);
        if (!known) {
            visitor.unknown(offset, Math.max(0, end - offset), (end - offset) + " bytes that are no index block for the chunks "
                    + "behind them");
            return;
        }
        IndexBlock block = new IndexBlock(offset, blockIndex, (int) slotCount);
        visitor.bytes(offset, block.encodeHead(image.imageId(), StructureWriter.onHeap()),
                "head of index block " + blockIndex);
        for (int slot = 0; slot < slotCount; slot += SLOTS_AT_ONCE) {
            slots(block, slot, (int) Math.min(SLOTS_AT_ONCE, slotCount - slot), first, behind, visitor);
        }
    }

    private void slots(IndexBlock block, int from, int count, int firstTrace, int behind, PartVisitor visitor)
            throws ImagingException {
        ByteBuffer expected = ByteBuffer.allocate(IndexSlot.LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        for (int number = from; number < from + count; number++) {
            String what = "slot " + number + " of index block " + block.blockIndex();
            expected.clear();
            if (number < behind - firstTrace) {
                IndexSlot slot = slots.get(firstTrace + number);
                if (slot == null) {
                    visitor.unknown(block.slotOffset(number), IndexSlot.LENGTH, what + " is not known any more");
                    continue;
                }
                slot.encode(expected, image.imageId());
            } else if (number == block.capacity() && nextBlock(behind) >= 0) {
                expected.put(IndexSlot.continuation(nextBlock(behind), image.imageId()));
            } else if (behind < traces.size() || image.footer().isEmpty()) {
                // a chunk that is missing, or was being committed, may have its slot here
                continue;
            } else {
                expected.put(new byte[IndexSlot.LENGTH]);
            }
            visitor.bytes(block.slotOffset(number), expected.flip(), what);
        }
    }
}
