package org.imagingutility.disk;

import java.nio.ByteBuffer;

/**
 * One of the four entries of a boot record (UEFI 5.2.1, "Legacy MBR Partition Record").
 *
 * @param at byte offset of the entry on the disk
 * @param status 0x80 for the one to boot from, else 0
 * @param type type code; 0 mostly stands in entries that are not used, but not only there
 * @param start first sector, counted from what the record is for
 * @param count number of sectors
 */
record MbrEntry(long at, int status, int type, long start, long count) {
    static final int LENGTH = 16;
    /** Where in an entry the number of the first sector stands. */
    static final int START_AT = 8;
    static final int COUNT_AT = 12;

    private static final int TYPE_AT = 4;
    private static final int BOOTABLE = 0x80;
    private static final int PROTECTIVE = 0xEE;

    /** Parses the entry at {@code position} of a record that begins at byte {@code recordAt} of the disk. */
    static MbrEntry parse(ByteBuffer record, int position, long recordAt) {
        return new MbrEntry(recordAt + position, Byte.toUnsignedInt(record.get(position)),
                Byte.toUnsignedInt(record.get(position + TYPE_AT)),
                Integer.toUnsignedLong(record.getInt(position + START_AT)),
                Integer.toUnsignedLong(record.getInt(position + COUNT_AT)));
    }

    /**
     * Says whether it is the entry of a partition: it has a length. The type does not matter: Linux goes by the length alone
     * (block/partitions/msdos.c), and disk images of live systems have type 0 in the entry that covers all of them.
     */
    boolean isUsed() {
        return count != 0;
    }

    /** Says whether it has a length and a type. */
    boolean isTyped() {
        return isUsed() && type != 0;
    }

    /** Says whether the status is one of the two there are; code and text in its place mostly are not. */
    boolean hasValidStatus() {
        return status == 0 || status == BOOTABLE;
    }

    boolean isBootable() {
        return status == BOOTABLE;
    }

    /** Says whether it stands for the area of a GPT. */
    boolean isProtective() {
        return type == PROTECTIVE && count != 0;
    }

    /** Says whether it holds logical partitions: DOS, Windows 95 (by LBA) and Linux have a code each. */
    boolean isExtended() {
        return (type == 0x05 || type == 0x0F || type == 0x85) && count != 0;
    }

    /** Returns the type code as it is usually written: {@code 0x07}. */
    String typeCode() {
        return String.format("0x%02x", type);
    }
}
