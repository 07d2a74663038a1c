package org.imagingutility.disk;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The first 512 bytes of a disk or of an extended partition.
 *
 * @param signed whether it ends in 55 AA
 * @param diskSignature number that tells disks apart, 0 if there is none
 * @param entries the four entries
 * @param fileSystem whether the bytes before the entries are those of a file system's boot sector
 */
record BootRecord(boolean signed, int diskSignature, List<MbrEntry> entries, boolean fileSystem) {
    static final int LENGTH = 512;
    static final int ENTRIES_AT = 446;
    static final int SIGNATURE_AT = 510;

    private static final int DISK_SIGNATURE_AT = 440;
    private static final int ENTRY_COUNT = 4;
    private static final int SIGNATURE = 0xAA55;
    private static final int OEM_NAME_AT = 3;
    private static final List<String> OEM_NAMES = List.of("NTFS    ", "EXFAT   ", "ReFS\0\0\0\0", "-FVE-FS-");

    /** Parses {@link #LENGTH} bytes from byte {@code at} of the disk. */
    static BootRecord parse(ByteBuffer bytes, long at) {
        List<MbrEntry> entries = new ArrayList<>(ENTRY_COUNT);
        for (int i = 0; i < ENTRY_COUNT; i++) {
            entries.add(MbrEntry.parse(bytes, ENTRIES_AT + i * MbrEntry.LENGTH, at));
        }
        return new BootRecord(Short.toUnsignedInt(bytes.getShort(SIGNATURE_AT)) == SIGNATURE,
                bytes.getInt(DISK_SIGNATURE_AT), List.copyOf(entries), hasKnownName(bytes) || isFat(bytes));
    }

    /** Says whether it announces a GPT. */
    boolean isProtective() {
        return signed && entries.stream().anyMatch(MbrEntry::isProtective);
    }

    /** Says whether no entry is used; then nothing speaks against a GPT behind it. */
    boolean isEmpty() {
        return !signed || entries.stream().noneMatch(MbrEntry::isUsed);
    }

    /**
     * Says whether it is a table and no boot sector of a file system. Tools that partition a disk leave the code in front of
     * the entries as it is, so a boot sector with one entry that can be true is a table nevertheless. An entry from sector 0
     * on is none: that is what some tools write into the boot sector of a file system, to please a BIOS.
     *
     * @param sectorCount number of sectors of the disk
     */
    boolean isTable(long sectorCount) {
        if (!signed || !entries.stream().allMatch(MbrEntry::hasValidStatus)) {
            return false;
        }
        return !fileSystem || entries.stream().anyMatch(entry -> entry.isTyped() && entry.start() > 0
                && entry.start() + entry.count() <= sectorCount);
    }

    /** Returns the disk signature as it is usually written, empty if there is none. */
    String diskSignatureText() {
        return diskSignature == 0 ? "" : String.format("0x%08x", diskSignature);
    }

    private static boolean hasKnownName(ByteBuffer bytes) {
        byte[] name = new byte[8];
        bytes.get(OEM_NAME_AT, name);
        return OEM_NAMES.contains(new String(name, StandardCharsets.ISO_8859_1));
    }

    /** FAT has no magic number: its fields must all be in range (Microsoft's fatgen103). Linux takes any number of tables. */
    private static boolean isFat(ByteBuffer bytes) {
        int sectorSize = Short.toUnsignedInt(bytes.getShort(11));
        int sectorsPerCluster = Byte.toUnsignedInt(bytes.get(13));
        int fatCount = Byte.toUnsignedInt(bytes.get(16));
        int media = Byte.toUnsignedInt(bytes.get(21));
        // Linux, fsck.fat and partclone do not ask for the jump at the begin
        return sectorSize >= 512 && sectorSize <= 4096
                && Integer.bitCount(sectorSize) == 1 && Integer.bitCount(sectorsPerCluster) == 1
                && bytes.getShort(14) != 0 && fatCount >= 1 && fatCount <= 4 && (media == 0xF0 || media >= 0xF8)
                && (bytes.getShort(19) != 0 || bytes.getInt(32) != 0) && (bytes.getShort(22) != 0 || bytes.getInt(36) != 0);
    }
}
