package org.imagingutility.format.skz.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.format.skz.layout.ChunkTableStructure;
import org.imagingutility.format.skz.layout.FooterLocator;
import org.imagingutility.format.skz.layout.IndexBlock;
import org.imagingutility.format.skz.layout.IndexSlot;
import org.imagingutility.format.skz.structure.ImagePosition;
import org.imagingutility.format.skz.structure.Structure;
import org.imagingutility.format.skz.structure.StructureKind;

/** Reads structures of a file; takes no memory for more than the file and the kind of structure can have. */
public final class ImageInput {
    private final ImageFile file;
    private final long length;

    /** Reads from {@code file}, which must not change its length while this is used. */
    public ImageInput(ImageFile file) throws ImagingException {
        this.file = file;
        this.length = file.length();
    }

    /** Returns the file. */
    public ImageFile file() {
        return file;
    }

    /** Returns the reference of the image, for messages. */
    public String image() {
        return file.reference();
    }

    /** Returns the bytes of the file when it was opened. */
    public long length() {
        return length;
    }

    /** Returns the place of byte {@code offset}. */
    public ImagePosition place(long offset) {
        return new ImagePosition(file.reference(), offset);
    }

    /** Reads {@code count} bytes, which the caller has checked to lie in the file, into a new little-endian buffer. */
    public ByteBuffer read(long offset, int count) throws ImagingException {
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        file.read(offset, bytes);
        return bytes.flip();
    }

    /** Returns the locator of the footer with which the file ends, if one stands there. */
    public Optional<FooterLocator> endLocator() throws ImagingException {
        if (length < FooterLocator.LENGTH) {
            return Optional.empty();
        }
        ByteBuffer bytes = read(length - FooterLocator.LENGTH, FooterLocator.LENGTH);
        boolean footer = bytes.getLong(FooterLocator.TAG_AT) == FooterLocator.tag(StructureKind.FOOTER);
        return footer ? Optional.of(FooterLocator.at(bytes, 0)) : Optional.empty();
    }

    /** Reads the head of index block {@code blockIndex} at {@code offset}; the block must end at or before {@code end}. */
    public IndexBlock indexBlock(long offset, int blockIndex, long imageId, long end) throws ImagingException {
        if (end - offset < IndexBlock.HEAD_LENGTH) {
            throw place(offset).damaged("only " + (end - offset) + " bytes are left for an index block");
        }
        return IndexBlock.parseHead(read(offset, IndexBlock.HEAD_LENGTH), blockIndex, imageId, end - offset, place(offset));
    }

    /** Says whether the first bytes at {@code offset} are those of a structure of {@code kind}. */
    public boolean beginsAt(StructureKind kind, long offset) throws ImagingException {
        if (length - offset < Structure.TAGGED_LENGTH) {
            return false;
        }
        ByteBuffer start = read(offset, Structure.TAGGED_LENGTH);
        return start.getInt(0) == kind.magic() && start.getLong(Structure.PREFIX_LENGTH) == kind.tagBits();
    }

    /**
     * Reads the structure of {@code kind} at {@code offset}, which must end at or before {@code end}; checks its length only.
     */
    public ByteBuffer structure(StructureKind kind, long offset, long end) throws ImagingException {
        if (end - offset < Structure.TAGGED_LENGTH) {
            throw place(offset).damaged("structure " + kind.tag() + ": only " + (end - offset) + " bytes are left for it");
        }
        ByteBuffer start = read(offset, Structure.TAGGED_LENGTH);
        if (start.getInt(0) != kind.magic() || start.getLong(Structure.PREFIX_LENGTH) != kind.tagBits()) {
            throw place(offset).damaged("structure " + kind.tag() + ": something else stands there");
        }
        long total = Structure.PREFIX_LENGTH + Integer.toUnsignedLong(start.getInt(4));
        return structure(kind, offset, total, end);
    }

    /** Reads the table of the chunk in {@code slot} and checks it against the slot. */
    public ChunkTable table(IndexSlot slot, long imageId, ImageSpec spec) throws ImagingException {
        ByteBuffer whole = structure(StructureKind.CHUNK_TABLE, slot.tableFileOffset(), slot.tableLength(), slot.fileEnd());
        return ChunkTableStructure.parse(whole, slot, imageId, spec, place(slot.tableFileOffset()));
    }

    /** Reads the stored bytes of a frame into {@code target}, which has exactly that many remaining. */
    public void readStored(FrameEntry entry, ByteBuffer target) throws ImagingException {
        if (target.remaining() != entry.frame().storedLength()) {
            throw new IllegalArgumentException("room for " + target.remaining() + " bytes, frame "
                    + entry.frame().frameIndex() + " has " + entry.frame().storedLength());
        }
        file.read(entry.fileOffset(), target);
    }

    /**
     * Reads {@code total} bytes as the structure of {@code kind} at {@code offset}, which must end at or before {@code end}.
     */
    public ByteBuffer structure(StructureKind kind, long offset, long total, long end) throws ImagingException {
        if (total < Structure.TAGGED_LENGTH || total > kind.maxLength() || total > end - offset) {
            throw place(offset).damaged("structure " + kind.tag() + ": its length is " + total + ", expected at most "
                    + Math.min(kind.maxLength(), end - offset));
        }
        return read(offset, (int) total);
    }
}
