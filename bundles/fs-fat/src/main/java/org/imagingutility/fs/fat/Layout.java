package org.imagingutility.fs.fat;

import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.error.FileSystemException;

/**
 * Where everything is on the volume, in bytes of the device. All of it lies on the device. Immutable.
 *
 * @param type kind of FAT
 * @param clusterSize bytes of one cluster, a power of two from 512 to 512 KiB
 * @param clusterCount number of clusters, positive; their numbers begin with 2
 * @param fatOffsets where the FATs that count begin: one to four
 * @param rootOffset where the root directory begins that stands before the clusters (FAT12, FAT16)
 * @param rootLength its bytes, 0 with FAT32
 * @param rootCluster first cluster of the root directory with FAT32, else 0
 * @param dataOffset where the first cluster begins
 */
public record Layout(FatType type, int clusterSize, long clusterCount, List<Long> fatOffsets, long rootOffset, int rootLength,
        long rootCluster, long dataOffset) {
    private static final int ENTRY_SIZE = 32;
    /** BPB_ExtFlags: the FATs are not kept equal, only the one in the lowest bits counts. */
    private static final int NOT_MIRRORED = 0x80;
    private static final int ACTIVE_FAT = 0x0F;

    /**
     * Computes the layout, as in fatgen103, "FAT Type Determination".
     *
     * @param deviceLength bytes of the device; the volume must not be longer
     * @param place where the boot sector stands
     */
    public static Layout of(BootSector boot, long deviceLength, Place place) throws FileSystemException {
        long sectorSize = boot.sectorSize();
        if (boot.sectorCount() > deviceLength / sectorSize) {
            throw place.wrong(boot.sectorCount() > 0xFFFF ? BootSector.SECTOR_COUNT_32_AT
                    : BootSector.SECTOR_COUNT_16_AT, "the volume has " + boot.sectorCount() + " sectors of "
                    + sectorSize + " bytes, the device only " + deviceLength + " bytes");
        }
        if (boot.version() != 0) {
            throw place.wrong(BootSector.VERSION_AT, String.format("version %d.%d of FAT32 is not known, only 0.0",
                    boot.version() >> 8, boot.version() & 0xFF));
        }
        int rootLength = boot.rootEntries() * ENTRY_SIZE;
        long rootSectors = (rootLength + sectorSize - 1) / sectorSize;
        long rootSector = boot.reservedSectors() + boot.fatCount() * boot.sectorsPerFat();
        long dataSector = rootSector + rootSectors;
        long clusterCount = (boot.sectorCount() - dataSector) / boot.sectorsPerCluster();
        if (dataSector >= boot.sectorCount() || clusterCount == 0) {
            throw place.wrong(fatSizeAt(boot), "the first cluster would begin in sector " + dataSector
                    + ", but the volume has only " + boot.sectorCount() + " sectors with " + boot.sectorsPerCluster()
                    + " in a cluster");
        }
        FatType type = boot.wide() ? FatType.FAT32 : FatType.ofSmall(clusterCount);
        if (clusterCount > type.maxClusters()) {
            throw place.wrong(fatSizeAt(boot), "the volume has " + clusterCount + " clusters, " + type
                    + " has at most " + type.maxClusters());
        }
        long fatLength = boot.sectorsPerFat() * sectorSize;
        long needed = type.bytesFor(clusterCount + FatType.FIRST_CLUSTER);
        if (fatLength < needed) {
            throw place.wrong(fatSizeAt(boot), "a FAT has " + fatLength + " bytes; " + clusterCount + " clusters of "
                    + type + " need " + needed);
        }
        if (boot.wide() && (boot.rootCluster() < FatType.FIRST_CLUSTER
                || boot.rootCluster() >= clusterCount + FatType.FIRST_CLUSTER)) {
            throw place.wrong(BootSector.ROOT_CLUSTER_AT, "the root directory begins in cluster "
                    + boot.rootCluster() + ", which is not in 2.." + (clusterCount + 1));
        }
        return new Layout(type, boot.sectorsPerCluster() * (int) sectorSize, clusterCount,
                fats(boot, fatLength, place), rootSector * sectorSize, rootLength, boot.rootCluster(),
                dataSector * sectorSize);
    }

    /** Returns the number of entries of a FAT that count. */
    public long entryCount() {
        return clusterCount + FatType.FIRST_CLUSTER;
    }

    /** Returns the byte of the device in which cluster {@code cluster} begins, or ends the one before. */
    public long offsetOf(long cluster) {
        return dataOffset + (cluster - FatType.FIRST_CLUSTER) * clusterSize;
    }

    private static List<Long> fats(BootSector boot, long fatLength, Place place) throws FileSystemException {
        long first = (long) boot.reservedSectors() * boot.sectorSize();
        if ((boot.extFlags() & NOT_MIRRORED) != 0) {
            int active = boot.extFlags() & ACTIVE_FAT;
            if (active >= boot.fatCount()) {
                throw place.wrong(BootSector.EXT_FLAGS_AT, "FAT " + active + " is the active one, but the volume has "
                        + boot.fatCount());
            }
            return List.of(first + active * fatLength);
        }
        List<Long> fats = new ArrayList<>();
        for (int i = 0; i < boot.fatCount(); i++) {
            fats.add(first + i * fatLength);
        }
        return List.copyOf(fats);
    }

    private static int fatSizeAt(BootSector boot) {
        return boot.wide() ? BootSector.FAT_SIZE_32_AT : BootSector.FAT_SIZE_16_AT;
    }
}
