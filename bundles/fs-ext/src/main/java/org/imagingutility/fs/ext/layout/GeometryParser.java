package org.imagingutility.fs.ext.layout;

import java.nio.ByteBuffer;
import org.imagingutility.api.error.FileSystemException;

/**
 * Takes the measures of a volume from its superblock and checks each. Offsets: "The Super Block" of the kernel's ext4
 * documentation; bounds: those the kernel demands to mount ({@code ext4_fill_super}) and those of {@code mke2fs}.
 */
final class GeometryParser {
    private static final int INODE_COUNT_AT = 0x00;
    private static final int BLOCK_COUNT_AT = 0x04;
    private static final int FIRST_DATA_BLOCK_AT = 0x14;
    private static final int LOG_BLOCK_SIZE_AT = 0x18;
    private static final int LOG_CLUSTER_SIZE_AT = 0x1C;
    private static final int BLOCKS_PER_GROUP_AT = 0x20;
    private static final int CLUSTERS_PER_GROUP_AT = 0x24;
    private static final int INODES_PER_GROUP_AT = 0x28;
    private static final int INODE_SIZE_AT = 0x58;
    private static final int RESERVED_GDT_BLOCKS_AT = 0xCE;
    private static final int DESCRIPTOR_SIZE_AT = 0xFE;
    private static final int FIRST_META_BG_AT = 0x104;
    private static final int BLOCK_COUNT_HIGH_AT = 0x150;
    private static final int BACKUP_GROUPS_AT = 0x24C;

    private static final int MIN_LOG_BLOCK_SIZE = 10;
    /** 64 KiB. */
    private static final int MAX_BLOCK_SHIFT = 6;
    /** 1 GiB, {@code EXT4_MAX_CLUSTER_LOG_SIZE}. */
    private static final int MAX_CLUSTER_SHIFT = 20;
    private static final int MIN_PER_GROUP = 8;
    private static final int SHORT_DESCRIPTOR = 32;
    private static final int LONG_DESCRIPTOR = 64;
    private static final int MAX_DESCRIPTOR = 1024;
    private static final int OLD_INODE_SIZE = 128;

    private final ByteBuffer bytes;
    private final Features features;
    private final Place place;

    private GeometryParser(ByteBuffer bytes, Features features, Place place) {
        this.bytes = bytes;
        this.features = features;
        this.place = place;
    }

    /**
     * Parses a superblock.
     *
     * @param revision 0 or 1, {@code s_rev_level}
     * @param deviceLength bytes of the device; the volume must not be longer
     */
    static Geometry parse(ByteBuffer bytes, Features features, int revision, long deviceLength, Place place)
            throws FileSystemException {
        return new GeometryParser(bytes, features, place).geometry(revision, deviceLength);
    }

    private Geometry geometry(int revision, long deviceLength) throws FileSystemException {
        int blockSize = 1 << MIN_LOG_BLOCK_SIZE + shift(LOG_BLOCK_SIZE_AT, "block", MAX_BLOCK_SHIFT);
        int clusterShift = clusterShift(blockSize);
        long firstBlock = firstBlock(blockSize);
        long blockCount = blockCount(blockSize, firstBlock, deviceLength);
        long blocksPerGroup = blocksPerGroup(blockSize, clusterShift);
        long groupCount = (blockCount - firstBlock - 1) / blocksPerGroup + 1;
        int inodeSize = inodeSize(revision, blockSize);
        long inodesPerGroup = inodesPerGroup(blockSize, inodeSize, groupCount);
        int descriptorSize = descriptorSize(blockSize);
        long descriptorBlocks = (groupCount - 1) / (blockSize / descriptorSize) + 1;
        long firstMetaBg = firstMetaBg(descriptorBlocks);
        // with meta_bg no blocks are kept free for a table that grows (ext2fs_super_and_bgd_loc of libext2fs)
        long reserved = features.metaBg() ? 0 : Short.toUnsignedLong(bytes.getShort(RESERVED_GDT_BLOCKS_AT));
        if (firstMetaBg + reserved + 1 > Math.min(blocksPerGroup, blockCount - firstBlock)) {
            throw place.wrong(RESERVED_GDT_BLOCKS_AT, firstMetaBg + " blocks of group descriptors and " + reserved
                    + " reserved ones do not fit in a group of " + blocksPerGroup + " blocks, nor into the volume of "
                    + blockCount);
        }
        long[] backups = features.sparseSuper2() ? new long[] {unsigned(BACKUP_GROUPS_AT), unsigned(BACKUP_GROUPS_AT + 4)}
                : new long[2];
        return new Geometry(blockSize, clusterShift, firstBlock, blockCount, blocksPerGroup, groupCount, inodeSize,
                inodesPerGroup, descriptorSize, firstMetaBg, reserved,
                new BackupRule(features.sparseSuper(), features.sparseSuper2(), backups[0], backups[1]));
    }

    private long unsigned(int at) {
        return Integer.toUnsignedLong(bytes.getInt(at));
    }

    private int shift(int at, String what, int max) throws FileSystemException {
        long shift = unsigned(at);
        if (shift > max) {
            throw place.wrong(at, what + " size is given as 1024 bytes times 2 to the power of " + shift
                    + ", the highest is " + max);
        }
        return (int) shift;
    }

    /** Returns the power of two of blocks that a cluster has. */
    private int clusterShift(int blockSize) throws FileSystemException {
        int shift = shift(LOG_CLUSTER_SIZE_AT, "cluster", MAX_CLUSTER_SHIFT) + MIN_LOG_BLOCK_SIZE
                - Integer.numberOfTrailingZeros(blockSize);
        if (shift < 0 || shift > 0 && !features.bigalloc()) {
            throw place.wrong(LOG_CLUSTER_SIZE_AT, "clusters of 1024 bytes times 2 to the power of "
                    + bytes.getInt(LOG_CLUSTER_SIZE_AT) + " do not go with blocks of " + blockSize + " bytes"
                    + (features.bigalloc() ? "" : " without the feature bigalloc"));
        }
        return shift;
    }

    private long firstBlock(int blockSize) throws FileSystemException {
        long first = unsigned(FIRST_DATA_BLOCK_AT);
        boolean fits = blockSize == Superblock.OFFSET ? first == 1 || first == 0 && features.bigalloc() : first == 0;
        if (!fits) {
            throw place.wrong(FIRST_DATA_BLOCK_AT, "the first data block is " + first + " with blocks of " + blockSize
                    + " bytes");
        }
        return first;
    }

    private long blockCount(int blockSize, long firstBlock, long deviceLength) throws FileSystemException {
        long count = unsigned(BLOCK_COUNT_AT);
        if (features.longBlockNumbers()) {
            count |= (long) bytes.getInt(BLOCK_COUNT_HIGH_AT) << Integer.SIZE;
        }
        if (count < 0 || count > deviceLength / blockSize) {
            throw place.wrong(BLOCK_COUNT_AT, "the volume has " + Long.toUnsignedString(count) + " blocks of " + blockSize
                    + " bytes, the device only " + deviceLength + " bytes");
        }
        if (count <= firstBlock) {
            throw place.wrong(BLOCK_COUNT_AT, "the volume has " + count + " blocks");
        }
        return count;
    }

    /** A bitmap is one block, so a group has at most as many clusters as a block has bits. */
    private long blocksPerGroup(int blockSize, int clusterShift) throws FileSystemException {
        long blocks = unsigned(BLOCKS_PER_GROUP_AT);
        long clusters = blocks >> clusterShift;
        if (clusters < MIN_PER_GROUP || clusters > (long) blockSize * Byte.SIZE || clusters << clusterShift != blocks) {
            throw place.wrong(BLOCKS_PER_GROUP_AT, "a group has " + blocks + " blocks in clusters of "
                    + (1L << clusterShift) + ": not a whole number of clusters from " + MIN_PER_GROUP + " to "
                    + (long) blockSize * Byte.SIZE);
        }
        if (features.bigalloc() && unsigned(CLUSTERS_PER_GROUP_AT) != clusters) {
            throw place.wrong(CLUSTERS_PER_GROUP_AT, "a group has " + unsigned(CLUSTERS_PER_GROUP_AT) + " clusters, but "
                    + blocks + " blocks in clusters of " + (1L << clusterShift));
        }
        return blocks;
    }

    private int inodeSize(int revision, int blockSize) throws FileSystemException {
        int size = revision == 0 ? OLD_INODE_SIZE : Short.toUnsignedInt(bytes.getShort(INODE_SIZE_AT));
        if (size < OLD_INODE_SIZE || size > blockSize || Integer.bitCount(size) != 1) {
            throw place.wrong(INODE_SIZE_AT, "inodes have " + size + " bytes, not a power of two from " + OLD_INODE_SIZE
                    + " to " + blockSize);
        }
        return size;
    }

    private long inodesPerGroup(int blockSize, int inodeSize, long groupCount) throws FileSystemException {
        long inodes = unsigned(INODES_PER_GROUP_AT);
        if (inodes < blockSize / inodeSize || inodes > (long) blockSize * Byte.SIZE) {
            throw place.wrong(INODES_PER_GROUP_AT, "a group has " + inodes + " inodes, not "
                    + blockSize / inodeSize + " to " + (long) blockSize * Byte.SIZE);
        }
        long count = unsigned(INODE_COUNT_AT);
        // both numbers bound the other: neither can make a pass over the groups endless
        if (count / inodes != groupCount || count % inodes != 0) {
            throw place.wrong(INODE_COUNT_AT, "the volume has " + count + " inodes, but " + groupCount + " groups of "
                    + inodes);
        }
        return inodes;
    }

    private int descriptorSize(int blockSize) throws FileSystemException {
        if (!features.longBlockNumbers()) {
            return SHORT_DESCRIPTOR;
        }
        int size = Short.toUnsignedInt(bytes.getShort(DESCRIPTOR_SIZE_AT));
        if (size < LONG_DESCRIPTOR || size > Math.min(MAX_DESCRIPTOR, blockSize) || Integer.bitCount(size) != 1) {
            throw place.wrong(DESCRIPTOR_SIZE_AT, "group descriptors have " + size + " bytes, not a power of two from "
                    + LONG_DESCRIPTOR + " to " + MAX_DESCRIPTOR);
        }
        return size;
    }

    /** Returns how many blocks of descriptors stand behind the superblock; the others stand in their own groups. */
    private long firstMetaBg(long descriptorBlocks) throws FileSystemException {
        if (!features.metaBg()) {
            return descriptorBlocks;
        }
        long first = unsigned(FIRST_META_BG_AT);
        if (first > descriptorBlocks) {
            throw place.wrong(FIRST_META_BG_AT, "the first meta block group is " + first + " of " + descriptorBlocks);
        }
        return first;
    }
}
