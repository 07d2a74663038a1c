package org.imagingutility.format.skz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.store.ImageFile;

/** Reads structures of a file; takes no memory for more than the file and the kind of structure can have. */
final class ImageInput {
    private final ImageFile file;
    private final long length;

    ImageInput(ImageFile file) throws ImagingException {
        this.file = file;
        this.length = file.length();
    }

    ImageFile file() {
        return file;
    }

    String image() {
        return file.reference();
    }

    /** Returns the bytes of the file when it was opened. */
    long length() {
        return length;
    }

    /** Returns the place of byte {@code offset}. */
    Place place(long offset) {
        return new Place(file.reference(), offset);
    }

    /** Reads {@code count} bytes, which the caller has checked to lie in the file, into a new little-endian buffer. */
    ByteBuffer read(long offset, int count) throws ImagingException {
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        file.read(offset, bytes);
        return bytes.flip();
    }

    /** Says whether the first bytes at {@code offset} are those of a structure of {@code kind}. */
    boolean beginsAt(StructureKind kind, long offset) throws ImagingException {
        if (length - offset < Structure.TAGGED_LENGTH) {
            return false;
        }
        ByteBuffer start = read(offset, Structure.TAGGED_LENGTH);
        return start.getInt(0) == kind.magic() && start.getLong(Structure.PREFIX_LENGTH) == kind.tagBits();
    }

    /** Reads the structure of {@code kind} at {@code offset}, which must end at or before {@code end}; checks its length only. */
    ByteBuffer structure(StructureKind kind, long offset, long end) throws ImagingException {
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
    ChunkTable table(IndexSlot slot, long imageId, ImageSpec spec) throws ImagingException {
        ByteBuffer whole = structure(StructureKind.CHUNK_TABLE, slot.tableFileOffset(), slot.tableLength(), slot.fileEnd());
        return ChunkTableStructure.parse(whole, slot, imageId, spec, place(slot.tableFileOffset()));
    }

    /** Reads the stored bytes of a frame into {@code target}, which has exactly that many remaining. */
    void readStored(FrameEntry entry, ByteBuffer target) throws ImagingException {
        if (target.remaining() != entry.frame().storedLength()) {
            throw new IllegalArgumentException("room for " + target.remaining() + " bytes, frame "
                    + entry.frame().frameIndex() + " has " + entry.frame().storedLength());
        }
        file.read(entry.fileOffset(), target);
    }

    /** Reads {@code total} bytes as the structure of {@code kind} at {@code offset}, which must end at or before {@code end}. */
    ByteBuffer structure(StructureKind kind, long offset, long total, long end) throws ImagingException {
        if (total < Structure.TAGGED_LENGTH || total > kind.maxLength() || total > end - offset) {
            throw place(offset).damaged("structure " + kind.tag() + ": its length is " + total + ", expected at most "
                    + Math.min(kind.maxLength(), end - offset));
        }
        return read(offset, (int) total);
    }
}
