package org.imagingutility.format.skz.read;

import java.nio.ByteBuffer;
import org.imagingutility.api.container.CodecLookup;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PluginMissingException;
import org.imagingutility.format.skz.file.ChunkWalker;
import org.imagingutility.format.skz.file.GapFrames;
import org.imagingutility.format.skz.file.ImageInput;
import org.imagingutility.format.skz.layout.Footer;
import org.imagingutility.format.skz.layout.Header;
import org.imagingutility.format.skz.layout.IndexBlock;
import org.imagingutility.format.skz.layout.IndexSlot;
import org.imagingutility.format.skz.layout.SkzDigests;
import org.imagingutility.format.skz.structure.Structure;
import org.imagingutility.format.skz.structure.StructureKind;

/**
 * Says why a file that begins as an image does not end as one: cut off, never finished, damaged at its end, or
 * something stands behind its end. For one thread.
 */
final class MissingFooterDiagnosis {
    private static final int SLOTS_AT_ONCE = 512;
    /** An image without slots is gone through frame by frame; no further than this just for a message. */
    private static final long FRAMES = 1 << 16;

    private final ImageInput in;
    private final Header header;
    private final long imageId;
    private final GapFrames gaps;
    private long position;
    private long deviceEnd;
    private int chunkCount;

    private MissingFooterDiagnosis(ImageInput in, ByteBuffer headerBytes, CodecLookup codecs) throws ImagingException {
        this.in = in;
        this.header = Header.parse(headerBytes, in.place(0));
        this.imageId = SkzDigests.imageId(headerBytes);
        this.gaps = new GapFrames(codecs, in.image(), header);
        this.position = headerBytes.limit();
    }

    /**
     * Returns the error for the file, whose header holds but but which has neither footer nor footer copy that fits.
     *
     * @throws ImageDamagedException if the footer stands at its end but is damaged
     */
    static ImageFormatException describe(ImageInput in, ByteBuffer headerBytes, CodecLookup codecs)
            throws ImagingException {
        MissingFooterDiagnosis image = new MissingFooterDiagnosis(in, headerBytes, codecs);
        image.passChunks();
        long footer = image.footerOffset();
        if (footer >= 0) {
            long end = image.footerEnd(footer);
            return new ImageFormatException(in.image(), end, (in.length() - end) + " bytes follow the end of the image",
                    "cut the file off at byte " + end);
        }
        return new ImageFormatException(in.image(), image.position, "the image is not complete: it has " + image.chunkCount
                + " whole chunks, then no footer", "write the image again");
    }

    /** Moves the position behind the last chunk that can be found. */
    private void passChunks() throws ImagingException {
        try {
            IndexBlock block = in.indexBlock(position, 0, imageId, in.length());
            position = block.end();
            if (header.streamed()) {
                walk();
                return;
            }
            long next = passSlots(block);
            while (next >= position) {
                block = in.indexBlock(next, block.blockIndex() + 1, imageId, in.length());
                position = block.end();
                next = passSlots(block);
            }
        } catch (ImageDamagedException | PluginMissingException e) {
            // here the part of the image that is whole ends; that is all there is to find out
            return;
        }
    }

    private void walk() throws ImagingException {
        ChunkWalker walker = new ChunkWalker(in, header, imageId, gaps);
        for (long frames = 0; frames < FRAMES;) {
            frames += pass(walker.chunk(position, chunkCount, deviceEnd)).chunk().frameCount();
        }
    }

    /** Goes through the slots of a block; returns where the next block is, or -1 if there is none. */
    private long passSlots(IndexBlock block) throws ImagingException {
        for (int first = 0; first < block.slotCount(); first += SLOTS_AT_ONCE) {
            int count = Math.min(SLOTS_AT_ONCE, block.slotCount() - first);
            ByteBuffer slots = in.read(block.slotOffset(first), count * IndexSlot.LENGTH);
            for (int i = 0; i < count; i++) {
                int start = i * IndexSlot.LENGTH;
                if (first + i == block.capacity()) {
                    return IndexSlot.continuationAt(slots, start, imageId);
                }
                if (IndexSlot.isEmpty(slots, start)) {
                    return -1;
                }
                pass(IndexSlot.parse(slots, start, chunkCount, header.spec(), imageId,
                        in.place(block.slotOffset(first + i))));
            }
        }
        return -1;
    }

    private IndexSlot pass(IndexSlot slot) throws ImageDamagedException {
        if (slot.chunk().fileOffset() != position || slot.fileEnd() > in.length()
                || slot.chunk().deviceOffset() < deviceEnd) {
            throw in.place(position).damaged("the index has " + slot + ", which is not there");
        }
        position = slot.fileEnd();
        deviceEnd = slot.deviceEnd();
        chunkCount++;
        return slot;
    }

    /** Returns where a footer begins, or -1 if the parts behind the chunks are not those of a finished image. */
    private long footerOffset() throws ImagingException {
        try {
            long tailGap = gaps.storedLength(header.spec().codecWireId(), header.spec().deviceLength() - deviceEnd);
            long footerCopy = position + tailGap;
            if (tailGap < 0 || footerCopy < position) {
                return -1;
            }
            long indexCopy = behind(StructureKind.FOOTER_COPY, footerCopy);
            long headerCopy = behind(StructureKind.INDEX_COPY, indexCopy);
            long footer = behind(StructureKind.HEADER, headerCopy);
            return behind(StructureKind.FOOTER, footer) < 0 ? -1 : footer;
        } catch (PluginMissingException e) {
            // without the codec the length of the gap is not known
            return -1;
        }
    }

    /** Returns the first byte behind the structure at {@code offset}, or -1 if none of this kind stands there whole. */
    private long behind(StructureKind kind, long offset) throws ImagingException {
        if (offset < 0 || in.length() - offset < Structure.TAGGED_LENGTH) {
            return -1;
        }
        ByteBuffer start = in.read(offset, Structure.TAGGED_LENGTH);
        long length = Structure.PREFIX_LENGTH + Integer.toUnsignedLong(start.getInt(4));
        boolean whole = start.getInt(0) == kind.magic() && start.getLong(Structure.PREFIX_LENGTH) == kind.tagBits()
                && length <= in.length() - offset;
        return whole ? offset + length : -1;
    }

    private long footerEnd(long footer) throws ImagingException {
        long end = behind(StructureKind.FOOTER, footer);
        return Footer.parse(in.structure(StructureKind.FOOTER, footer, end), StructureKind.FOOTER, end, in.place(footer))
                .fileLength();
    }
}
