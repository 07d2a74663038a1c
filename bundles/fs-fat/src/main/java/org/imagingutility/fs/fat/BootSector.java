package org.imagingutility.fs.fat;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What the boot sector says of the volume. Offsets of fields: fatgen103, "Boot Sector and BPB Structure". Each value is
 * in the range of its field; whether they fit together, {@link Layout} says.
 *
 * @param sectorSize BPB_BytsPerSec: bytes of one sector, a power of two from 512 to 4096; may differ from the device's
 * @param sectorsPerCluster BPB_SecPerClus: a power of two from 1 to 128
 * @param reservedSectors BPB_RsvdSecCnt: sectors before the first FAT, positive
 * @param fatCount BPB_NumFATs: 1 to {@link BootSectorCheck#MAX_FATS}
 * @param rootEntries BPB_RootEntCnt: entries of the root directory before the clusters, 0 if it stands in clusters
 * @param sectorCount BPB_TotSec16 or BPB_TotSec32: sectors of the volume
 * @param wide whether the size of a FAT is given in 32 bits, which makes it FAT32
 * @param sectorsPerFat BPB_FATSz16 or BPB_FATSz32, positive
 * @param extFlags BPB_ExtFlags, 0 unless {@code wide}
 * @param version BPB_FSVer, 0 unless {@code wide}
 * @param rootCluster BPB_RootClus, 0 unless {@code wide}
 * @param dirty whether a driver has noted in the boot sector that the volume was not unmounted in order
 * @param media BPB_Media
 * @param serial BS_VolID as {@code XXXX-XXXX}, empty if there is none
 */
public record BootSector(int sectorSize, int sectorsPerCluster, int reservedSectors, int fatCount, int rootEntries,
        long sectorCount, boolean wide, long sectorsPerFat, int extFlags, int version, long rootCluster, boolean dirty,
        int media, String serial) {
    /** How many bytes of the first sector are looked at. */
    public static final int LENGTH = 512;

    public static final int SECTOR_SIZE_AT = 11;
    public static final int SECTORS_PER_CLUSTER_AT = 13;
    public static final int RESERVED_SECTORS_AT = 14;
    public static final int FAT_COUNT_AT = 16;
    public static final int ROOT_ENTRIES_AT = 17;
    public static final int SECTOR_COUNT_16_AT = 19;
    public static final int MEDIA_AT = 21;
    public static final int FAT_SIZE_16_AT = 22;
    public static final int SECTOR_COUNT_32_AT = 32;
    public static final int FAT_SIZE_32_AT = 36;
    public static final int EXT_FLAGS_AT = 40;
    public static final int VERSION_AT = 42;
    public static final int ROOT_CLUSTER_AT = 44;

    /** BS_DrvNum, the first of the fields that stand later if there are those of FAT32; the others follow it. */
    private static final int EXTENSION_AT = 36;
    private static final int WIDE_EXTENSION_AT = 64;
    /** BS_Reserved1. That bit 0 means "dirty" is told by FAT_STATE_DIRTY in Linux, and fsck.fat heeds it. */
    private static final int STATE_IN_EXTENSION = 1;
    private static final int SIGNATURE_IN_EXTENSION = 2;
    private static final int SERIAL_IN_EXTENSION = 3;
    /**
     * Parses the first {@link #LENGTH} bytes of a device, little endian.
     *
     * @return empty if they are not the boot sector of a FAT volume: a field that every FAT volume has is out of range
     */
    public static Optional<BootSector> parse(ByteBuffer bytes) {
        int sectorSize = Short.toUnsignedInt(bytes.getShort(SECTOR_SIZE_AT));
        int sectorsPerCluster = Byte.toUnsignedInt(bytes.get(SECTORS_PER_CLUSTER_AT));
        int reservedSectors = Short.toUnsignedInt(bytes.getShort(RESERVED_SECTORS_AT));
        int fatCount = Byte.toUnsignedInt(bytes.get(FAT_COUNT_AT));
        int rootEntries = Short.toUnsignedInt(bytes.getShort(ROOT_ENTRIES_AT));
        int fatSize16 = Short.toUnsignedInt(bytes.getShort(FAT_SIZE_16_AT));
        boolean wide = fatSize16 == 0;
        long sectorsPerFat = wide ? Integer.toUnsignedLong(bytes.getInt(FAT_SIZE_32_AT)) : fatSize16;
        int sectors16 = Short.toUnsignedInt(bytes.getShort(SECTOR_COUNT_16_AT));
        long sectorCount = sectors16 != 0 ? sectors16 : Integer.toUnsignedLong(bytes.getInt(SECTOR_COUNT_32_AT));
        if (!new BootSectorCheck(bytes).inRange()) {
            return Optional.empty();
        }
        int extension = wide ? WIDE_EXTENSION_AT : EXTENSION_AT;
        int signature = Byte.toUnsignedInt(bytes.get(extension + SIGNATURE_IN_EXTENSION));
        // 28h: serial number, but no label
        boolean hasSerial = signature == 0x28 || signature == 0x29;
        int serial = bytes.getInt(extension + SERIAL_IN_EXTENSION);
        return Optional.of(new BootSector(sectorSize, sectorsPerCluster, reservedSectors, fatCount, rootEntries,
                sectorCount, wide, sectorsPerFat,
                wide ? Short.toUnsignedInt(bytes.getShort(EXT_FLAGS_AT)) : 0,
                wide ? Short.toUnsignedInt(bytes.getShort(VERSION_AT)) : 0,
                wide ? Integer.toUnsignedLong(bytes.getInt(ROOT_CLUSTER_AT)) : 0,
                hasSerial && (bytes.get(extension + STATE_IN_EXTENSION) & 1) != 0,
                Byte.toUnsignedInt(bytes.get(MEDIA_AT)),
                wide || hasSerial ? String.format("%04X-%04X", serial >>> 16, serial & 0xFFFF) : ""));
    }

    /** Says whether BPB_Media may have this value. */
    public static boolean isMedia(int value) {
        return value == 0xF0 || value >= 0xF8;
    }

    /** Returns the byte of the boot sector in which the field begins that {@link #dirty} comes from. */
    public int stateAt() {
        return (wide ? WIDE_EXTENSION_AT : EXTENSION_AT) + STATE_IN_EXTENSION;
    }
}
