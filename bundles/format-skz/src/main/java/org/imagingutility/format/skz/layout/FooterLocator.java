package org.imagingutility.format.skz.layout;

import java.nio.ByteBuffer;
import org.imagingutility.format.skz.structure.StructureKind;
import org.imagingutility.format.skz.structure.StructureLengths;

/**
 * The last 24 bytes of a footer and of its copy, which tell where it begins. Not checked: any number may
 * stand there.
 *
 * @param offset first byte in the file of the structure, of any value
 * @param length bytes of the structure, not negative
 */
public record FooterLocator(long offset, long length) {
    /** Bytes of a locator. */
    public static final int LENGTH = StructureLengths.FOOTER_LOCATOR;
    /** Place of the tag in it. */
    public static final int TAG_AT = 12;
    private static final long FOOTER_TAG = StructureKind.bits("SKZTAIL1");
    /** Another tag, so that a file that was cut off behind the copy does not end as an image does. */
    private static final long COPY_TAG = StructureKind.bits("SKZTCPY1");

    /** Returns the tag with which a footer ends or, if {@code kind} is that, its copy: ASCII as a little-endian number. */
    public static long tag(StructureKind kind) {
        return kind == StructureKind.FOOTER ? FOOTER_TAG : COPY_TAG;
    }

    /** Reads the numbers of a locator that begins at {@code start} of {@code bytes}, a little-endian buffer. */
    public static FooterLocator at(ByteBuffer bytes, int start) {
        return new FooterLocator(bytes.getLong(start), Integer.toUnsignedLong(bytes.getInt(start + Long.BYTES)));
    }

    /** Says whether the structure it tells of lies in the file and ends at byte {@code end}. */
    public boolean fits(long end) {
        return offset >= 0 && length <= end && offset == end - length;
    }
}
