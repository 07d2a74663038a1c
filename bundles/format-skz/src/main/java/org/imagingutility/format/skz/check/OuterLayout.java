package org.imagingutility.format.skz.check;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.layout.Footer;
import org.imagingutility.format.skz.layout.IndexBlock;
import org.imagingutility.format.skz.layout.IndexCopy;
import org.imagingutility.format.skz.layout.IndexSlot;
import org.imagingutility.format.skz.structure.Limits;
import org.imagingutility.format.skz.structure.StructureKind;
import org.imagingutility.format.skz.structure.StructureWriter;

/**
 * Goes through the parts of an image that lie outside its chunks, as far as they are known: header, index blocks, tail gap,
 * copies and footer. For one thread.
 */
public final class OuterLayout {
    private static final int SLOTS_AT_ONCE = 512;

    private final KnownImage image;
    private final List<ImageRegion> regions;
    private final List<IndexSlot> slots;
    private final boolean allSlots;

    /** Creates a layout of {@code image}, whose chunks are where {@code regions} says. */
    public OuterLayout(KnownImage image, List<ImageRegion> regions) {
        this.image = image;
        this.regions = regions;
        this.slots = new ArrayList<>(regions.size());
        for (ImageRegion region : regions) {
            slots.add(region.slot());
        }
        this.allSlots = !slots.contains(null) && image.chunkCount() == slots.size();
    }

    /** Says whether the slots of all chunks of the image are known. */
    public boolean allSlots() {
        return allSlots;
    }

    /** Returns the slots, null for a region where none is known. Not to be changed. */
    public List<IndexSlot> slots() {
        return slots;
    }

    /** Shows the header and the index blocks. */
    public void visitFront(LayoutVisitor visitor) throws ImagingException {
        visitor.bytes(0, image.headerBytes().duplicate(), "header");
        long position = image.headerBytes().limit();
        int blockIndex = 0;
        int first = 0;
        while (first < regions.size() && regions.get(first).isChunk()) {
            int behind = adjacentEnd(first);
            block(position, regions.get(first).fileStart(), blockIndex++, first, behind, visitor);
            position = regions.get(behind - 1).fileEnd();
            first = behind;
        }
        if (first == regions.size() && image.footer().isPresent() && (first == 0 || position < lastBlockEnd())) {
            block(position, lastBlockEnd(), blockIndex, first, first, visitor);
        }
    }

    /** Returns where a block that no chunk follows must end; there is none if nothing tells. */
    private long lastBlockEnd() {
        return image.footer().map(Footer::tailGapOffset).orElse(0L);
    }

    /**
     * Returns where the block behind the chunks before region {@code behind} begins, or -1 if there is none or it is not
     * known.
     */
    private long nextBlock(int behind) {
        long end = behind == 0 ? Long.MAX_VALUE : regions.get(behind - 1).fileEnd();
        boolean more = behind < regions.size() ? regions.get(behind).isChunk() : end < lastBlockEnd();
        return more ? end : -1;
    }

    /** Shows what stands between the last chunk and the index copy. */
    public void visitTailGap(LayoutVisitor visitor) throws ImagingException {
        ImageRegion last = regions.isEmpty() ? null : regions.get(regions.size() - 1);
        if (image.footer().isPresent() && (last == null || last.isChunk())) {
            Footer footer = image.footer().get();
            long deviceEnd = last == null ? 0 : last.deviceEnd();
            visitor.gap(image.header().spec().codecWireId(), image.deviceLength() - deviceEnd, footer.tailGapOffset(),
                    footer.copyOffset(), "gap behind the last chunk");
        }
    }

    /** Shows the copies: of the footer, the index and the header. */
    public void visitCopies(LayoutVisitor visitor) throws ImagingException {
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
    public void visitEnd(LayoutVisitor visitor) throws ImagingException {
        if (image.footer().isEmpty()) {
            visitor.unknown(image.in().length(), 0,
                    "neither a footer nor a footer copy was found: the image was not"
                    + " finished, or its end is lost");
            return;
        }
        Footer footer = image.footer().get();
        visitor.bytes(footer.fileOffset(), footer.encode(StructureKind.FOOTER, StructureWriter.onHeap()), "footer");
        if (image.in().length() > footer.fileLength()) {
            visitor.unknown(footer.fileLength(), image.in().length() - footer.fileLength(),
                    (image.in().length() - footer.fileLength()) + " bytes follow the end of the image");
        }
    }

    /** Returns the first region from {@code first} on that is no chunk right behind the one before it. */
    private int adjacentEnd(int first) {
        int behind = first + 1;
        while (behind < regions.size() && regions.get(behind).isChunk()
                && regions.get(behind).fileStart() == regions.get(behind - 1).fileEnd()) {
            behind++;
        }
        return behind;
    }

    private void block(long offset, long end, int blockIndex, int first, int behind, LayoutVisitor visitor)
            throws ImagingException {
        long slotBytes = end - offset - IndexBlock.HEAD_LENGTH;
        long slotCount = slotBytes / IndexSlot.LENGTH;
        boolean streamed = image.header().streamed();
        boolean known = slotBytes >= 0 && slotBytes % IndexSlot.LENGTH == 0 && slotCount <= Limits.CHUNKS
                && (streamed ? slotCount == 0 && blockIndex == 0 : slotCount > behind - first)
                && (nextBlock(behind) < 0 || slotCount == behind - first + 1);
        if (!known) {
            visitor.unknown(offset, Math.max(0, end - offset), (end - offset)
                    + " bytes that are no index block for the chunks "
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

    /** Shows {@code count} slots from {@code from} on, those that are known side by side at once. */
    private void slots(IndexBlock block, int from, int count, int firstRegion, int behind, LayoutVisitor visitor)
            throws ImagingException {
        ByteBuffer known = ByteBuffer.allocate(count * IndexSlot.LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        int first = from;
        for (int number = from; number < from + count; number++) {
            if (!put(block, number, firstRegion, behind, known, visitor)) {
                show(block, first, known, visitor);
                first = number + 1;
            }
        }
        show(block, first, known, visitor);
    }

    private static void show(IndexBlock block, int first, ByteBuffer known, LayoutVisitor visitor) throws ImagingException {
        if (known.flip().hasRemaining()) {
            visitor.records(block.slotOffset(first), known, IndexSlot.LENGTH,
                    record -> "slot " + (first + record) + " of index block " + block.blockIndex());
        }
        known.clear();
    }

    /** Puts what slot {@code number} must hold behind what {@code target} has; false if that is not known. */
    private boolean put(IndexBlock block, int number, int firstRegion, int behind, ByteBuffer target, LayoutVisitor visitor) {
        if (number < behind - firstRegion) {
            IndexSlot slot = slots.get(firstRegion + number);
            if (slot == null) {
                visitor.unknown(block.slotOffset(number), IndexSlot.LENGTH, "slot " + number + " of index block "
                        + block.blockIndex() + " is not known any more");
                return false;
            }
            slot.encode(target, image.imageId());
        } else if (number == block.capacity() && nextBlock(behind) >= 0) {
            target.put(IndexSlot.continuation(nextBlock(behind), image.imageId()));
        } else if (behind < regions.size() || image.footer().isEmpty()) {
            // a chunk that is missing, or was being committed, may have its slot here
            return false;
        } else {
            target.put(new byte[IndexSlot.LENGTH]);
        }
        return true;
    }
}
