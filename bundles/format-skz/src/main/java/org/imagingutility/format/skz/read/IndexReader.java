package org.imagingutility.format.skz.read;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.file.ImageInput;
import org.imagingutility.format.skz.layout.Footer;
import org.imagingutility.format.skz.layout.IndexAgreement;
import org.imagingutility.format.skz.layout.IndexBlock;
import org.imagingutility.format.skz.layout.IndexCopy;
import org.imagingutility.format.skz.layout.IndexSlot;
import org.imagingutility.format.skz.structure.ImagePosition;
import org.imagingutility.format.skz.structure.StructureKind;

/** Reads the slots of a complete image from either place. What it returns fits header, footer and image digest. */
public final class IndexReader {
    private final ImageInput in;
    private final ByteBuffer headerBytes;
    private final ImageSpec spec;
    private final Footer footer;

    IndexReader(ImageInput in, ByteBuffer headerBytes, ImageSpec spec, Footer footer) {
        this.in = in;
        this.headerBytes = headerBytes;
        this.spec = spec;
        this.footer = footer;
    }

    /** Reads the index copy. */
    List<IndexSlot> fromCopy() throws ImagingException {
        long offset = footer.indexCopyOffset();
        ByteBuffer whole = in.structure(StructureKind.INDEX_COPY, offset, footer.indexCopyLength(),
                footer.headerCopyOffset());
        List<IndexSlot> slots = IndexCopy.parse(whole, footer.chunkCount(), spec, footer.imageId(), in.place(offset));
        return checked(slots, in.place(offset));
    }

    /** Reads the blocks of the index at the front. */
    List<IndexSlot> fromFront() throws ImagingException {
        List<IndexSlot> slots = new ArrayList<>();
        long offset = footer.headerLength();
        for (int blockIndex = 0; slots.size() < footer.chunkCount(); blockIndex++) {
            IndexBlock block = in.indexBlock(offset, blockIndex, footer.imageId(), footer.tailGapOffset());
            int wanted = Math.min(block.capacity(), footer.chunkCount() - slots.size());
            ByteBuffer bytes = in.read(block.slotOffset(0), wanted * IndexSlot.LENGTH);
            for (int i = 0; i < wanted; i++) {
                slots.add(IndexSlot.parse(bytes, i * IndexSlot.LENGTH, slots.size(), spec, footer.imageId(),
                        in.place(block.slotOffset(i))));
            }
            if (slots.size() < footer.chunkCount()) {
                offset = next(block);
            }
        }
        return checked(slots, in.place(footer.headerLength()));
    }

    private long next(IndexBlock block) throws ImagingException {
        long slotOffset = block.slotOffset(block.capacity());
        long next = block.slotCount() == 0 ? -1
                : IndexSlot.continuationAt(in.read(slotOffset, IndexSlot.LENGTH), 0, footer.imageId());
        if (next < block.end()) {
            throw in.place(slotOffset).damaged("index block " + block.blockIndex()
                    + " does not tell where the index continues");
        }
        return next;
    }

    private List<IndexSlot> checked(List<IndexSlot> slots, ImagePosition place) throws ImageDamagedException {
        long deviceEnd = 0;
        long fileEnd = footer.headerLength() + IndexBlock.HEAD_LENGTH;
        for (IndexSlot slot : slots) {
            if (slot.chunk().deviceOffset() < deviceEnd || slot.chunk().fileOffset() < fileEnd
                    || slot.fileEnd() > footer.tailGapOffset()) {
                throw place.damaged("the index has " + slot + ", which does not fit behind byte " + deviceEnd
                        + " of the device and between bytes " + fileEnd + " and " + footer.tailGapOffset()
                        + " of the file");
            }
            deviceEnd = slot.deviceEnd();
            fileEnd = slot.fileEnd();
        }
        Optional<String> contradiction = IndexAgreement.contradiction(footer, headerBytes, slots);
        if (contradiction.isPresent()) {
            throw place.damaged(contradiction.get());
        }
        return slots;
    }
}
