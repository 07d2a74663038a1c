package org.imagingutility.fs.exfat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.imagingutility.api.error.FileSystemException;

/**
 * What a boot sector says of the volume (section 3.1). Values are in range and fit the device they were found on.
 *
 * @param sectorSize bytes of one sector of the volume, a power of two from 512 to 4096; may differ from the device's
 * @param clusterSize bytes of one cluster, a power of two from the sector size to 32 MiB
 * @param clusterCount number of clusters, positive; they all lie on the device
 * @param fatOffset where the first FAT begins, in bytes
 * @param fatLength bytes of one FAT; it has an entry for each cluster
 * @param fatCount number of FATs and of bitmaps, 1 or 2
 * @param heapOffset where the first cluster begins, in bytes
 * @param rootCluster first cluster of the root directory
 * @param flags VolumeFlags; stale in a backup
 * @param serial serial number of the volume
 */
public record BootSector(int sectorSize, int clusterSize, long clusterCount, long fatOffset, long fatLength, int fatCount,
        long heapOffset, long rootCluster, int flags, int serial) {
    /** How many bytes of the sector have a meaning. */
    public static final int LENGTH = 512;
    /** Number of the first cluster. */
    public static final int FIRST_CLUSTER = 2;
    /** Most clusters there can be (3.1.9). */
    public static final long MAX_CLUSTERS = (1L << 32) - 11;
    public static final int NAME_AT = 3;
    public static final int NAME_LENGTH = 8;
    public static final int FLAGS_AT = 106;
    public static final int SECTOR_SHIFT_AT = 108;

    private static final byte[] NAME = "EXFAT   ".getBytes(StandardCharsets.US_ASCII);
    private static final int ZEROS_AT = 11;
    private static final int ZEROS = 53;
    private static final int VOLUME_LENGTH_AT = 72;
    private static final int FAT_OFFSET_AT = 80;
    private static final int FAT_LENGTH_AT = 84;
    private static final int HEAP_OFFSET_AT = 88;
    private static final int CLUSTER_COUNT_AT = 92;
    private static final int ROOT_CLUSTER_AT = 96;
    private static final int SERIAL_AT = 100;
    private static final int REVISION_AT = 104;
    private static final int CLUSTER_SHIFT_AT = 109;
    private static final int FAT_COUNT_AT = 110;
    private static final int SIGNATURE_AT = 510;
    private static final int MIN_SECTOR_SHIFT = 9;
    private static final int MAX_SECTOR_SHIFT = 12;
    /** Largest cluster: 32 MiB (3.1.15). */
    private static final int MAX_CLUSTER_SHIFT = 25;
    /** Sectors of main and backup boot region (3.1.6). */
    private static final int BOOT_SECTORS = 24;

    /** Says whether these {@link #LENGTH} bytes claim to be a boot sector of exFAT: its name (3.1.2) is there. */
    public static boolean isExfat(ByteBuffer bytes) {
        byte[] found = new byte[NAME.length];
        bytes.get(NAME_AT, found);
        return Arrays.equals(found, NAME);
    }

    /** Returns the size of a sector that these bytes give, a power of two from 512 to 4096 (3.1.14). */
    public static int sectorSize(ByteBuffer bytes, Place place) throws FileSystemException {
        int shift = Byte.toUnsignedInt(bytes.get(SECTOR_SHIFT_AT));
        if (shift < MIN_SECTOR_SHIFT || shift > MAX_SECTOR_SHIFT) {
            throw place.wrong(SECTOR_SHIFT_AT, "bytes per sector are 2 to the power of " + shift + ", not of 9 to 12");
        }
        return 1 << shift;
    }

    /**
     * Parses {@link #LENGTH} bytes.
     *
     * @param deviceLength bytes of the device; the volume must not be longer
     */
    public static BootSector parse(ByteBuffer bytes, long deviceLength, Place place) throws FileSystemException {
        checkFixed(bytes, place);
        int sectorSize = sectorSize(bytes, place);
        int sectorShift = Integer.numberOfTrailingZeros(sectorSize);
        int clusterShift = Byte.toUnsignedInt(bytes.get(CLUSTER_SHIFT_AT));
        if (clusterShift > MAX_CLUSTER_SHIFT - sectorShift) {
            throw place.wrong(CLUSTER_SHIFT_AT, "sectors per cluster are 2 to the power of " + clusterShift
                    + ", more than 32 MiB with sectors of " + sectorSize + " bytes");
        }
        int fatCount = Byte.toUnsignedInt(bytes.get(FAT_COUNT_AT));
        if (fatCount != 1 && fatCount != 2) {
            throw place.wrong(FAT_COUNT_AT, "the number of FATs is " + fatCount + ", not 1 or 2");
        }
        long sectors = bytes.getLong(VOLUME_LENGTH_AT);
        if (sectors < 0 || sectors > deviceLength / sectorSize) {
            throw place.wrong(VOLUME_LENGTH_AT, "the volume has " + Long.toUnsignedString(sectors) + " sectors of "
                    + sectorSize + " bytes, the device only " + deviceLength + " bytes");
        }
        long clusterCount = unsigned(bytes, CLUSTER_COUNT_AT);
        long heap = unsigned(bytes, HEAP_OFFSET_AT);
        if (clusterCount == 0 || clusterCount > MAX_CLUSTERS || heap > sectors
                || clusterCount > sectors - heap >> clusterShift) {
            throw place.wrong(CLUSTER_COUNT_AT, clusterCount + " clusters of " + (sectorSize << clusterShift)
                    + " bytes from sector " + heap + " on do not fit in the volume's " + sectors + " sectors");
        }
        long fat = unsigned(bytes, FAT_OFFSET_AT);
        long fatLength = unsigned(bytes, FAT_LENGTH_AT);
        if (fat < BOOT_SECTORS || fat > heap || fatLength * fatCount > heap - fat) {
            throw place.wrong(FAT_OFFSET_AT, fatCount + " FATs of " + fatLength + " sectors from sector " + fat
                    + " on do not fit between the boot regions and the first cluster in sector " + heap);
        }
        if (fatLength * sectorSize / Integer.BYTES < clusterCount + FIRST_CLUSTER) {
            throw place.wrong(FAT_LENGTH_AT, "a FAT has " + fatLength + " sectors of " + sectorSize + " bytes; "
                    + clusterCount + " clusters need " + (clusterCount + FIRST_CLUSTER) * Integer.BYTES + " bytes");
        }
        long root = unsigned(bytes, ROOT_CLUSTER_AT);
        if (root < FIRST_CLUSTER || root >= clusterCount + FIRST_CLUSTER) {
            throw place.wrong(ROOT_CLUSTER_AT, "the root directory begins in cluster " + root + ", which is not in 2.."
                    + (clusterCount + 1));
        }
        return new BootSector(sectorSize, sectorSize << clusterShift, clusterCount, fat * sectorSize,
                fatLength * sectorSize, fatCount, heap * sectorSize, root,
                Short.toUnsignedInt(bytes.getShort(FLAGS_AT)), bytes.getInt(SERIAL_AT));
    }

    /** Returns the number behind the last cluster's. */
    public long endCluster() {
        return clusterCount + FIRST_CLUSTER;
    }

    /** Returns the byte of the device in which cluster {@code cluster} begins, or ends the one before. */
    public long offsetOf(long cluster) {
        return heapOffset + (cluster - FIRST_CLUSTER) * clusterSize;
    }

    private static void checkFixed(ByteBuffer bytes, Place place) throws FileSystemException {
        int signature = Short.toUnsignedInt(bytes.getShort(SIGNATURE_AT));
        if (!isExfat(bytes) || signature != 0xAA55) {
            throw place.wrong(SIGNATURE_AT, String.format("no boot sector of exFAT: the signature is %04X, not AA55, or"
                    + " the name is not EXFAT", signature));
        }
        for (int i = ZEROS_AT; i < ZEROS_AT + ZEROS; i++) {
            if (bytes.get(i) != 0) {
                throw place.wrong(i, "a byte that must be zero is " + Byte.toUnsignedInt(bytes.get(i)));
            }
        }
        int revision = Short.toUnsignedInt(bytes.getShort(REVISION_AT));
        if (revision >> 8 != 1) {
            throw place.wrong(REVISION_AT, String.format("revision %d.%02d of exFAT is not known, only 1.xx",
                    revision >> 8, revision & 0xFF));
        }
    }

    private static long unsigned(ByteBuffer bytes, int at) {
        return Integer.toUnsignedLong(bytes.getInt(at));
    }
}
