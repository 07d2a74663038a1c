package org.imagingutility.fs.fat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Says whether a first sector is, or was meant to be, the boot sector of a FAT volume. Windows asks for a jump and for 55 AA;
 * Linux ({@code fat_read_bpb} in fs/fat/inode.c), fsck.fat and partclone look at the fields alone, and libblkid at either a
 * text or 55 AA.
 */
public final class BootSectorCheck {
    /** Most FATs that are read: Windows and fsck.fat take 1 and 2, Linux any number. */
    public static final int MAX_FATS = 4;

    private static final int OEM_NAME_AT = 3;
    private static final int SIGNATURE_AT = 510;
    /** BS_FilSysType with and without the fields of FAT32. */
    private static final int TEXT_AT = 54;
    private static final int WIDE_TEXT_AT = 82;
    /** GUID 4967D63B-2E29-4AD8-8399-F6A339E3D001 at byte 424 (libblkid: {@code struct bde_header_togo}). */
    private static final int BITLOCKER_AT = 424;
    private static final long BITLOCKER_FIRST = 0x4AD8_2E29_4967_D63BL;
    private static final long BITLOCKER_SECOND = 0x01D0_E339_A3F6_9983L;

    private final ByteBuffer bytes;
    private final List<String> flaws = new ArrayList<>();

    /** Looks at the first {@link BootSector#LENGTH} bytes of a device, little endian. */
    public BootSectorCheck(ByteBuffer bytes) {
        this.bytes = bytes;
        checkFields();
    }

    /** Says whether all fields that a FAT volume has are in their ranges, and the sector is not that of something else. */
    public boolean inRange() {
        return flaws.isEmpty() && !ofOthers();
    }

    /** Says whether there are both marks that Windows asks for: a jump over the fields, and 55 AA. */
    public boolean marked() {
        int jump = u8(0);
        return (jump == 0xE9 || jump == 0xEB && u8(2) == 0x90) && signed();
    }

    /** Says whether libblkid would take it for FAT, however many FATs there are. */
    public boolean named() {
        return (text() || signed()) && !ofOthers()
                && (flaws.isEmpty() || flaws.size() == 1 && u8(BootSector.FAT_COUNT_AT) > MAX_FATS);
    }

    /**
     * Returns the field that keeps it from being FAT, if it was meant to be: the text of FAT is there, or both marks and no
     * more than one field that is wrong.
     *
     * @return empty if it was not meant to be FAT, or nothing is wrong
     */
    public String nearMiss() {
        boolean meant = text() || marked() && flaws.size() == 1;
        return flaws.isEmpty() || !meant || ofOthers() ? "" : flaws.get(0);
    }

    private void checkFields() {
        int sectorSize = u16(BootSector.SECTOR_SIZE_AT);
        check(Integer.bitCount(sectorSize) == 1 && sectorSize >= 512 && sectorSize <= 4096, BootSector.SECTOR_SIZE_AT,
                "bytes per sector", sectorSize, "a power of two from 512 to 4096");
        int perCluster = u8(BootSector.SECTORS_PER_CLUSTER_AT);
        check(Integer.bitCount(perCluster) == 1, BootSector.SECTORS_PER_CLUSTER_AT, "sectors per cluster", perCluster,
                "a power of two from 1 to 128");
        check(u16(BootSector.RESERVED_SECTORS_AT) > 0, BootSector.RESERVED_SECTORS_AT, "number of reserved sectors",
                u16(BootSector.RESERVED_SECTORS_AT), "at least 1");
        int fats = u8(BootSector.FAT_COUNT_AT);
        check(fats >= 1 && fats <= MAX_FATS, BootSector.FAT_COUNT_AT, "number of FATs", fats, "1 to " + MAX_FATS);
        int media = u8(BootSector.MEDIA_AT);
        check(BootSector.isMedia(media), BootSector.MEDIA_AT, "media byte", media, "240 or 248 to 255");
        boolean wide = u16(BootSector.FAT_SIZE_16_AT) == 0;
        check(!wide || bytes.getInt(BootSector.FAT_SIZE_32_AT) != 0, BootSector.FAT_SIZE_16_AT, "sectors per FAT", 0,
                "at least 1 here or at byte " + BootSector.FAT_SIZE_32_AT);
        check(u16(BootSector.SECTOR_COUNT_16_AT) != 0 || bytes.getInt(BootSector.SECTOR_COUNT_32_AT) != 0,
                BootSector.SECTOR_COUNT_16_AT, "number of sectors", 0, "at least 1 here or at byte "
                + BootSector.SECTOR_COUNT_32_AT);
        int rootEntries = u16(BootSector.ROOT_ENTRIES_AT);
        check(wide == (rootEntries == 0), BootSector.ROOT_ENTRIES_AT, "number of entries of the root directory", rootEntries,
                wide ? "0 where the size of a FAT is given in 32 bits" : "at least 1 where the size of a FAT is given in 16 bits");
    }

    private void check(boolean right, int at, String field, int found, String expected) {
        if (!right) {
            flaws.add(field + " (byte " + at + ") is " + found + ", not " + expected);
        }
    }

    private boolean signed() {
        return u16(SIGNATURE_AT) == 0xAA55;
    }

    private boolean text() {
        return at(TEXT_AT, "FAT12   ") || at(TEXT_AT, "FAT16   ") || at(TEXT_AT, "FAT     ") || at(TEXT_AT, "MSDOS")
                || at(WIDE_TEXT_AT, "FAT32   ") || at(WIDE_TEXT_AT, "MSWIN");
    }

    /**
     * Says whether the sector is that of something else that has the fields of FAT: JFS and HPFS of OS/2, or an encrypted
     * volume. A removable one of these begins with the boot sector of a small FAT32 volume, which other systems see, with the
     * encrypted volume in its files and behind them.
     */
    private boolean ofOthers() {
        return at(TEXT_AT, "JFS     ") || at(TEXT_AT, "HPFS    ") || at(OEM_NAME_AT, "-FVE-FS-")
                || bytes.getLong(BITLOCKER_AT) == BITLOCKER_FIRST
                && bytes.getLong(BITLOCKER_AT + Long.BYTES) == BITLOCKER_SECOND;
    }

    private boolean at(int offset, String text) {
        byte[] found = new byte[text.length()];
        bytes.get(offset, found);
        return new String(found, StandardCharsets.ISO_8859_1).equals(text);
    }

    private int u8(int at) {
        return Byte.toUnsignedInt(bytes.get(at));
    }

    private int u16(int at) {
        return Short.toUnsignedInt(bytes.getShort(at));
    }
}
