package org.imagingutility.fs.fat;

import java.nio.ByteBuffer;

/**
 * The three kinds of FAT, which differ in the size of an entry. Meaning of entries: fatgen103, "FAT Data Structure". All
 * methods take entries as unsigned numbers without the bits that do not belong to them.
 */
public enum FatType {
    /** Entries of 12 bits: two of them in three bytes. */
    FAT12(12, 12, 4084),
    /** Entries of 16 bits. */
    FAT16(16, 16, 65_524),
    /** Entries of 32 bits, of which the upper four are reserved and do not count. */
    FAT32(32, 28, 0x0FFF_FFF5);

    /** Entries before that of the first cluster: entry 0 has the media byte, entry 1 the state of the volume. */
    public static final int FIRST_CLUSTER = 2;

    private final int width;
    private final int allOnes;
    private final long maxClusters;

    FatType(int width, int bits, long maxClusters) {
        this.width = width;
        this.allOnes = (1 << bits) - 1;
        this.maxClusters = maxClusters;
    }

    /** Returns the kind of a volume whose boot sector gives the size of the FAT in 16 bits. */
    public static FatType ofSmall(long clusterCount) {
        return clusterCount <= FAT12.maxClusters ? FAT12 : FAT16;
    }

    /** Returns the kind of the volume with this boot sector, whether or not its numbers go together. */
    public static FatType of(BootSector boot) {
        long rootSectors = (boot.rootEntries() * 32L + boot.sectorSize() - 1) / boot.sectorSize();
        return boot.wide() ? FAT32 : ofSmall((boot.sectorCount() - boot.reservedSectors() - rootSectors
                - boot.fatCount() * boot.sectorsPerFat()) / boot.sectorsPerCluster());
    }

    /** Returns the most clusters a volume of this kind may have: all others have numbers with a meaning of their own. */
    public long maxClusters() {
        return maxClusters;
    }

    /** Returns the bytes that {@code entries} entries take. */
    public long bytesFor(long entries) {
        return (entries * width + 7) / 8;
    }

    /** Returns the byte that entry {@code entry} begins in. */
    public long byteOf(long entry) {
        return entry * width / 8;
    }

    /** Returns entry {@code index}; {@code bytes} begin with entry 0, which with FAT12 is an even one of the FAT. */
    public int entry(ByteBuffer bytes, int index) {
        return switch (this) {
            case FAT12 -> {
                int at = index + index / 2;
                int both = Byte.toUnsignedInt(bytes.get(at)) | Byte.toUnsignedInt(bytes.get(at + 1)) << 8;
                yield index % 2 == 0 ? both & allOnes : both >> 4;
            }
            case FAT16 -> Short.toUnsignedInt(bytes.getShort(index * 2));
            case FAT32 -> bytes.getInt(index * 4) & allOnes;
        };
    }

    /** Says whether the cluster of this entry is in use: it is neither free nor marked as bad. */
    public boolean inUse(int entry) {
        // ...FF7h is the mark of a bad cluster
        return entry != 0 && entry != allOnes - 8;
    }

    /** Says whether this entry ends a chain: ...FF8h and above. */
    public boolean isEnd(int entry) {
        return entry >= allOnes - 7;
    }

    /** Says whether this is what entry 0 must be: a media byte, and ones in all other bits. */
    public boolean isFirstEntry(int entry) {
        return (entry | 0xFF) == allOnes && BootSector.isMedia(entry & 0xFF);
    }

    /**
     * Says whether this can be entry 1: the mark of an end, in which drivers may have cleared the two highest bits to note a
     * state ({@link #isClean}, {@link #isFreeOfErrors}).
     */
    public boolean isSecondEntry(int entry) {
        int state = this == FAT12 ? 0 : (allOnes + 1) >> 1 | (allOnes + 1) >> 2;
        return (entry | state | 7) == allOnes;
    }

    /** Says whether entry 1 has the mark that the volume was left in order; FAT12 has no such mark. */
    public boolean isClean(int entry) {
        // ClnShutBitMask: the highest bit
        return this == FAT12 || (entry & (allOnes + 1) >> 1) != 0;
    }

    /** Says whether entry 1 has the mark that no error of the medium was met; FAT12 has no such mark. */
    public boolean isFreeOfErrors(int entry) {
        // HrdErrBitMask: the second highest bit
        return this == FAT12 || (entry & (allOnes + 1) >> 2) != 0;
    }
}
