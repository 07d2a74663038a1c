package org.imagingutility.format.skz.resume;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.file.ImageInput;
import org.imagingutility.format.skz.layout.Header;
import org.imagingutility.format.skz.layout.SkzDigests;
import org.imagingutility.format.skz.structure.Structure;
import org.imagingutility.format.skz.structure.StructureKind;

/**
 * What a writer leaves that is stopped before it has forced header and first index block: a part of the two, or zeros in
 * place of what did not arrive. Nothing else can stand in the file then, because nothing else is written before.
 */
public final class AbortedStart {
    private static final int BLOCK = 64 << 10;
    private static final long LONGEST = (long) StructureKind.HEADER.maxLength() + StructureKind.INDEX.maxLength();

    private AbortedStart() {
    }

    /** Says whether the file holds no more than that; an empty one does not. */
    public static boolean isAllOf(ImageInput in) throws ImagingException {
        if (in.length() == 0) {
            return true;
        }
        if (in.length() > LONGEST) {
            return false;
        }
        return beginsAsHeader(in) ? !isWhole(in) && !holdsMore(in) : isZero(in);
    }

    /** Says whether the first bytes are those of a header, as many as there are of them. */
    private static boolean beginsAsHeader(ImageInput in) throws ImagingException {
        ByteBuffer expected = ByteBuffer.allocate(Structure.TAGGED_LENGTH).order(ByteOrder.LITTLE_ENDIAN)
                .putInt(StructureKind.HEADER.magic()).putInt(0).putLong(StructureKind.HEADER.tagBits()).flip();
        ByteBuffer found = in.read(0, (int) Math.min(Structure.TAGGED_LENGTH, in.length()));
        for (int i = 0; i < found.limit(); i++) {
            boolean ofLength = i >= Integer.BYTES && i < Structure.PREFIX_LENGTH;
            if (!ofLength && found.get(i) != expected.get(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWhole(ImageInput in) throws ImagingException {
        try {
            ByteBuffer header = in.structure(StructureKind.HEADER, 0, in.length());
            Header.parse(header, in.place(0));
            in.indexBlock(header.limit(), 0, SkzDigests.imageId(header), in.length());
            return true;
        } catch (ImageDamagedException e) {
            // the answer; where it matters, reopening says what is wrong
            return false;
        }
    }

    /** Looks for the first bytes of all that is written after the begin: a damaged image has some of it. */
    private static boolean holdsMore(ImageInput in) throws ImagingException {
        for (long offset = 0; offset < in.length(); offset += BLOCK) {
            ByteBuffer bytes = block(in, offset, Structure.TAGGED_LENGTH - 1);
            for (int i = 0; i <= bytes.limit() - Structure.TAGGED_LENGTH; i++) {
                if (isOfAnImage(bytes.getInt(i), bytes.getLong(i + Structure.PREFIX_LENGTH))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isOfAnImage(int magic, long tagBits) {
        for (StructureKind kind : StructureKind.values()) {
            if (kind.magic() == magic && kind.tagBits() == tagBits) {
                return kind != StructureKind.HEADER && kind != StructureKind.INDEX;
            }
        }
        return false;
    }

    private static boolean isZero(ImageInput in) throws ImagingException {
        for (long offset = 0; offset < in.length(); offset += BLOCK) {
            ByteBuffer bytes = block(in, offset, 0);
            if (bytes.mismatch(ByteBuffer.allocate(bytes.limit())) >= 0) {
                return false;
            }
        }
        return true;
    }

    private static ByteBuffer block(ImageInput in, long offset, int more) throws ImagingException {
        return in.read(offset, (int) Math.min(BLOCK + more, in.length() - offset));
    }
}
