package org.imagingutility.format.skz.salvage;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.file.ImageInput;
import org.imagingutility.format.skz.layout.Footer;
import org.imagingutility.format.skz.layout.IndexBlock;
import org.imagingutility.format.skz.layout.IndexCopy;
import org.imagingutility.format.skz.layout.IndexSlot;
import org.imagingutility.format.skz.structure.Limits;
import org.imagingutility.format.skz.structure.StructureKind;

/**
 * Collects the index slots that hold, each for itself, from the index blocks and the index copy of a damaged image. A slot
 * that does not hold costs nothing but itself. For one thread.
 */
final class SlotRecovery {
    private static final int SLOTS_AT_ONCE = 512;

    private final DamagedImage image;
    private final NavigableMap<Integer, IndexSlot> slots = new TreeMap<>();

    SlotRecovery(DamagedImage image) {
        this.image = image;
    }

    /** Returns the slots that hold and fit each other, in order of their chunks. */
    List<IndexSlot> run() throws ImagingException {
        if (image.footer().isPresent()) {
            Footer footer = image.footer().get();
            read(image.in(), footer.indexCopyOffset() + IndexCopy.HEAD_LENGTH, 0, footer.chunkCount(),
                    image.header().spec(), image.imageId(), this::add);
        }
        image.copiedSlots().forEach(this::add);
        if (!image.header().streamed()) {
            front();
        }
        return fitting();
    }

    private void add(IndexSlot slot) {
        slots.putIfAbsent(slot.chunk().chunkIndex(), slot);
    }

    private void front() throws ImagingException {
        long offset = image.headerBytes().limit();
        int firstChunk = 0;
        for (int blockIndex = 0; offset >= 0 && firstChunk < Limits.CHUNKS; blockIndex++) {
            IndexBlock block = block(offset, blockIndex);
            if (block.slotCount() < 2) {
                return;
            }
            read(image.in(), block.slotOffset(0), firstChunk, Math.min(block.capacity(), Limits.CHUNKS - firstChunk),
                    image.header().spec(), image.imageId(), this::add);
            firstChunk += block.capacity();
            offset = next(block, firstChunk);
        }
    }

    /** Returns the block at {@code offset}; if its head does not hold, as large as it was made. */
    private IndexBlock block(long offset, int blockIndex) throws ImagingException {
        try {
            return image.in().indexBlock(offset, blockIndex, image.imageId(), image.in().length());
        } catch (ImageDamagedException | ImageReadException e) {
            // the slots have checksums of their own
            long planned = Math.max(1, Math.min(image.header().spec().plannedChunks(), Limits.PLANNED_CHUNKS)) + 1;
            return new IndexBlock(offset, blockIndex, blockIndex == 0 ? (int) planned : Limits.EXTENSION_SLOTS);
        }
    }

    /** Returns where the block behind {@code block}, which ends before chunk {@code behind}, begins, or -1. */
    private long next(IndexBlock block, int behind) throws ImagingException {
        long slotOffset = block.slotOffset(block.capacity());
        long next = -1;
        try {
            if (slotOffset <= image.in().length() - IndexSlot.LENGTH) {
                next = IndexSlot.continuationAt(image.in().read(slotOffset, IndexSlot.LENGTH), 0, image.imageId());
            }
            IndexSlot last = slots.get(behind - 1);
            if (next < 0 && last != null && image.in().beginsAt(StructureKind.INDEX, last.fileEnd())) {
                next = last.fileEnd();
            }
        } catch (ImageReadException e) {
            // the slots of the blocks behind are found in the copy, or their chunks by their heads
            return -1;
        }
        return next < block.end() || next >= image.in().length() ? -1 : next;
    }

    private List<IndexSlot> fitting() {
        List<IndexSlot> fitting = new ArrayList<>();
        long deviceEnd = 0;
        long fileEnd = (long) image.headerBytes().limit() + IndexBlock.HEAD_LENGTH;
        long limit = image.footer().map(Footer::tailGapOffset).orElse(Long.MAX_VALUE);
        int count = image.chunkCount();
        for (IndexSlot slot : slots.values()) {
            if (slot.chunk().deviceOffset() >= deviceEnd && slot.chunk().fileOffset() >= fileEnd
                    && slot.fileEnd() <= limit && (count < 0 || slot.chunk().chunkIndex() < count)) {
                fitting.add(slot);
                deviceEnd = slot.deviceEnd();
                fileEnd = slot.fileEnd();
            }
        }
        return fitting;
    }

    /** Reads the slots of {@code count} chunks from {@code firstChunk} on and passes on those that hold. */
    static void read(ImageInput in, long offset, int firstChunk, int count, ImageSpec spec, long imageId,
            Consumer<IndexSlot> found) throws ImagingException {
        for (int first = 0; first < count; first += SLOTS_AT_ONCE) {
            long at = offset + (long) first * IndexSlot.LENGTH;
            int slots = (int) Math.min(Math.min(SLOTS_AT_ONCE, count - first), (in.length() - at) / IndexSlot.LENGTH);
            if (at < 0 || slots <= 0) {
                return;
            }
            read(in, at, firstChunk + first, slots, found, spec, imageId);
        }
    }

    private static void read(ImageInput in, long at, int firstChunk, int count, Consumer<IndexSlot> found, ImageSpec spec,
            long imageId) throws ImagingException {
        ByteBuffer bytes;
        try {
            bytes = in.read(at, count * IndexSlot.LENGTH);
        } catch (ImageReadException e) {
            if (count > 1) {
                read(in, at, firstChunk, count / 2, found, spec, imageId);
                read(in, at + (long) (count / 2) * IndexSlot.LENGTH, firstChunk + count / 2, count - count / 2, found, spec,
                        imageId);
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            int start = i * IndexSlot.LENGTH;
            if (IndexSlot.isEmpty(bytes, start)) {
                continue;
            }
            try {
                found.accept(IndexSlot.parse(bytes, start, firstChunk + i, spec, imageId, in.place(at + start)));
            } catch (ImageDamagedException e) {
                // the same slot may hold in the other place
            }
        }
    }
}
