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

    private static final int BOOT_SIGNATURE_AT = 510;
    private static final int BOOT_SIGNATURE = 0xAA55;
    private static final int PARTITIONS_AT = 446;
    private static final int PARTITION_LENGTH = 16;
    private static final int PARTITION_COUNT = 4;

    private OtherFormat() {
    }

    /** A signature: {@code text}, one byte for each character, at byte {@code offset}. */
    private record Mark(int offset, String text) {
        boolean isIn(ByteBuffer bytes) {
            byte[] wanted = text.getBytes(StandardCharsets.ISO_8859_1);
            return bytes.slice(offset, wanted.length).equals(ByteBuffer.wrap(wanted));
        }
    }

    /**
     * Says whether these first {@link #LENGTH} bytes of a device, little endian, are those of NTFS, exFAT, LUKS, XFS, LVM
     * or a disk with partitions.
     */
    static boolean begins(ByteBuffer bytes) {
        return MARKS.stream().anyMatch(mark -> mark.isIn(bytes)) || hasPartitions(bytes);
    }

    /**
     * Says whether there is a partition table as a master boot record has it. Where a boot loader in front of a file system
     * has code instead, the first bytes of the entries are not all 0 or 0x80.
     */
    private static boolean hasPartitions(ByteBuffer bytes) {
        if (Short.toUnsignedInt(bytes.getShort(BOOT_SIGNATURE_AT)) != BOOT_SIGNATURE) {
            return false;
        }
        boolean found = false;
        for (int i = 0; i < PARTITION_COUNT; i++) {
            int entry = PARTITIONS_AT + i * PARTITION_LENGTH;
            if ((bytes.get(entry) & 0x7F) != 0) {
                return false;
            }
            // type, first sector, number of sectors
            found |= bytes.get(entry + 4) != 0 && bytes.getInt(entry + 8) != 0 && bytes.getInt(entry + 12) != 0;
        }
        return found;
    }
}
