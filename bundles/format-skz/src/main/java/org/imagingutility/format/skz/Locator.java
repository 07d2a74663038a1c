package org.imagingutility.format.skz;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.imagingutility.api.error.ImagingException;

/**
 * The last {@value #LENGTH} bytes of a footer and of its copy, which tell where it begins. Not checked: any number may
 * stand there.
 *
 * @param offset first byte in the file of the structure, of any value
 * @param length bytes of the structure, not negative
 */
record Locator(long offset, long length) {
    /** Bytes of a locator. */
    static final int LENGTH = 24;
    /** Place of the tag in it. */
    static final int TAG_AT = 12;
    private static final long FOOTER_TAG = StructureKind.bits("SKZTAIL1");
    /** Another tag, so that a file that was cut off behind the copy does not end as an image does. */
    private static final long COPY_TAG = StructureKind.bits("SKZTCPY1");

    /** Returns the tag with which a footer ends or, if {@code kind} is that, its copy: ASCII as a little-endian number. */
    static long tag(StructureKind kind) {
        return kind == StructureKind.FOOTER ? FOOTER_TAG : COPY_TAG;
    }

    /** Returns the locator of the footer with which the file ends, if one stands there. */
    static Optional<Locator> last(ImageInput in) throws ImagingException {
        if (in.length() < LENGTH) {
            return Optional.empty();
        }
        ByteBuffer bytes = in.read(in.length() - LENGTH, LENGTH);
        return bytes.getLong(TAG_AT) == FOOTER_TAG ? Optional.of(at(bytes, 0)) : Optional.empty();
    }

    /** Reads the numbers of a locator that begins at {@code start} of {@code bytes}, a little-endian buffer. */
    static Locator at(ByteBuffer bytes, int start) {
        return new Locator(bytes.getLong(start), Integer.toUnsignedLong(bytes.getInt(start + Long.BYTES)));
    }

    /** Says whether the structure it tells of lies in the file and ends at byte {@code end}. */
    boolean fits(long end) {
        return offset >= 0 && length <= end && offset == end - length;
    }
}
