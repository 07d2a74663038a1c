package org.imagingutility.allocator.ext;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What begins in front of the place where ext has its superblock and may leave an old one there: whoever took it for ext
 * would image by bitmaps of a file system that is gone. {@code mke2fs} clears these bytes, so they were written later.
 */
final class OtherFormat {
    /** How many bytes of the device are looked at. */
    static final int LENGTH = 1024;

    private static final List<Mark> MARKS = List.of(new Mark(3, "NTFS    "), new Mark(3, "EXFAT   "),
            new Mark(0, "LUKS\u00BA\u00BE"), new Mark(0, "XFSB"), new Mark(512, "LABELONE"));

    private OtherFormat() {
    }

    /** A signature: {@code text}, one byte for each character, at byte {@code offset}. */
    private record Mark(int offset, String text) {
        boolean isIn(ByteBuffer bytes) {
            byte[] wanted = text.getBytes(StandardCharsets.ISO_8859_1);
            return bytes.slice(offset, wanted.length).equals(ByteBuffer.wrap(wanted));
        }
    }

    /** Says whether these first {@link #LENGTH} bytes of a device are those of NTFS, exFAT, LUKS, XFS or LVM. */
    static boolean begins(ByteBuffer bytes) {
        return MARKS.stream().anyMatch(mark -> mark.isIn(bytes));
    }
}
