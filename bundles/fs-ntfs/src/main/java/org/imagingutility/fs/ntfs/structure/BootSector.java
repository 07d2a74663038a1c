package org.imagingutility.fs.ntfs.structure;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.imagingutility.api.error.FileSystemException;

/**
 * What the boot sector says of the volume. Offsets of fields: {@code NTFS_BOOT_SECTOR} in {@code layout.h} of ntfs-3g.
 * Values are in range and fit the device they were found on.
 *
 * @param sectorSize bytes of one sector of the volume, a power of two from 512 to 4096; may differ from the device's
 * @param sectorCount number of sectors as the volume counts them; they fit the device, and the copy of the boot sector
 *        stands behind them
 * @param clusterSize bytes of one cluster, a power of two from the sector size to 2 MiB
 * @param clusterCount number of whole clusters, positive; they all lie on the device
 * @param mftCluster cluster the first record of {@code $MFT} begins in
 * @param recordSize bytes of one record of {@code $MFT}, a power of two from 512 to 65536
 * @param serial serial number of the volume
 */
public record BootSector(int sectorSize, long sectorCount, int clusterSize, long clusterCount, long mftCluster,
        int recordSize, long serial) {
    /** How many bytes of the first sector are looked at. */
    public static final int LENGTH = 512;
    /** Largest cluster: Windows 10 and later format with up to 2 MiB. */
    static final int MAX_CLUSTER_SIZE = 2 << 20;

    public static final int OEM_ID_AT = 3;

    private static final byte[] OEM_ID = "NTFS    ".getBytes(StandardCharsets.US_ASCII);
    private static final int SECTOR_SIZE_AT = 11;
    private static final int SECTORS_PER_CLUSTER_AT = 13;
    private static final int SECTOR_COUNT_AT = 40;
    private static final int MFT_CLUSTER_AT = 48;
    private static final int MIRROR_CLUSTER_AT = 56;
    private static final int CLUSTERS_PER_RECORD_AT = 64;
    private static final int SERIAL_AT = 72;
    private static final int MIN_SECTOR_SIZE = 512;
    private static final int MAX_SECTOR_SIZE = 4096;
    private static final int MAX_RECORD_SIZE = 1 << 16;

    /** Says whether these {@link #LENGTH} bytes claim to be a boot sector of NTFS. */
    public static boolean isNtfs(ByteBuffer bytes) {
        byte[] found = new byte[OEM_ID.length];
        bytes.get(OEM_ID_AT, found);
        return Arrays.equals(found, OEM_ID);
    }

    /**
     * Parses the first {@link #LENGTH} bytes of a volume.
     *
     * @param deviceLength bytes of the device; the volume must not be longer
     */
    public static BootSector parse(ByteBuffer bytes, long deviceLength, Place place) throws FileSystemException {
        int sectorSize = Short.toUnsignedInt(bytes.getShort(SECTOR_SIZE_AT));
        if (!isPowerOfTwo(sectorSize, MIN_SECTOR_SIZE, MAX_SECTOR_SIZE)) {
            throw place.wrong(SECTOR_SIZE_AT, "bytes per sector are " + sectorSize
                    + ", not a power of two from 512 to 4096");
        }
        int clusterSize = clusterSize(bytes.get(SECTORS_PER_CLUSTER_AT), sectorSize, place);
        long clusterCount = clusterCount(bytes.getLong(SECTOR_COUNT_AT), sectorSize, clusterSize, deviceLength, place);
        long mftCluster = cluster(bytes, MFT_CLUSTER_AT, "$MFT", clusterCount, place);
        // not used, but where it is nonsense the other fields cannot be trusted either
        cluster(bytes, MIRROR_CLUSTER_AT, "$MFTMirr", clusterCount, place);
        int recordSize = recordSize(bytes.get(CLUSTERS_PER_RECORD_AT), clusterSize, place);
        if (recordSize > (clusterCount - mftCluster) * clusterSize) {
            throw place.wrong(MFT_CLUSTER_AT, "$MFT begins in cluster " + mftCluster
                    + ", too close to the end of the volume for a record of " + recordSize + " bytes");
        }
        return new BootSector(sectorSize, bytes.getLong(SECTOR_COUNT_AT), clusterSize, clusterCount, mftCluster,
                recordSize, bytes.getLong(SERIAL_AT));
    }

    /** Returns the bytes that clusters take; what follows on the device belongs to none. */
    public long clusteredLength() {
        return clusterCount * clusterSize;
    }

    /** Up to 128 the byte is the number of sectors, above it is the negative of a power of two. */
    private static int clusterSize(byte field, int sectorSize, Place place) throws FileSystemException {
        int value = Byte.toUnsignedInt(field);
        long sectors = value <= 0x80 ? value : 1L << Math.min(0x100 - value, 32);
        if (Long.bitCount(sectors) != 1 || sectors * sectorSize > MAX_CLUSTER_SIZE) {
            throw place.wrong(SECTORS_PER_CLUSTER_AT, String.format("sectors per cluster are given as 0x%02X, which is"
                    + " no power of two, or more than 2 MiB with sectors of %d bytes", value, sectorSize));
        }
        return (int) sectors * sectorSize;
    }

    private static long clusterCount(long sectorCount, int sectorSize, int clusterSize, long deviceLength, Place place)
            throws FileSystemException {
        if (sectorCount < 0 || sectorCount > deviceLength / sectorSize) {
            throw place.wrong(SECTOR_COUNT_AT, "the volume has " + Long.toUnsignedString(sectorCount) + " sectors of "
                    + sectorSize + " bytes, the device only " + deviceLength + " bytes");
        }
        long clusterCount = sectorCount / (clusterSize / sectorSize);
        if (clusterCount == 0) {
            throw place.wrong(SECTOR_COUNT_AT, "the volume has " + sectorCount + " sectors, less than one cluster of "
                    + clusterSize + " bytes");
        }
        return clusterCount;
    }

    private static long cluster(ByteBuffer bytes, int at, String what, long clusterCount, Place place)
            throws FileSystemException {
        long cluster = bytes.getLong(at);
        if (cluster <= 0 || cluster >= clusterCount) {
            throw place.wrong(at, what + " begins in cluster " + Long.toUnsignedString(cluster)
                    + ", which is not in 1.." + (clusterCount - 1));
        }
        return cluster;
    }

    /** A positive byte is the number of clusters, a negative one the negative of a power of two of bytes. */
    private static int recordSize(byte field, int clusterSize, Place place) throws FileSystemException {
        long size = field > 0 ? (long) field * clusterSize : 1L << Math.min(-field, 32);
        if (!isPowerOfTwo(size, MIN_SECTOR_SIZE, MAX_RECORD_SIZE)) {
            throw place.wrong(CLUSTERS_PER_RECORD_AT, "size of $MFT records is given as " + field
                    + ", which makes no power of two from 512 to 65536 bytes");
        }
        return (int) size;
    }

    private static boolean isPowerOfTwo(long value, long min, long max) {
        return value >= min && value <= max && Long.bitCount(value) == 1;
    }
}
