package org.imagingutility.fs.ext.group;

import java.nio.ByteBuffer;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.fs.ext.layout.Geometry;
import org.imagingutility.fs.ext.layout.Place;
import org.imagingutility.fs.ext.layout.Superblock;

/**
 * What is said of one group of blocks. Offsets of fields: "Block Group Descriptors" of the kernel's ext4 documentation
 * ({@code struct ext4_group_desc}). Blocks are within the volume, and without flex_bg within the group.
 *
 * @param blockBitmap block that has a bit for each cluster of the group
 * @param inodeBitmap block that has a bit for each inode of the group
 * @param inodeTable first block of the group's inodes
 * @param freeClusters how many clusters are free
 * @param uninitialised whether the bitmap was never written: only the group's own structures are in use
 * @param usedInodes how many inodes of the table were ever used, from its begin; those that follow may be anything
 * @param bitmapChecksum checksum of the bitmap
 * @param bitmapChecksumMask which bits of it are known; 0 without checksums of bitmaps
 */
public record GroupDescriptor(long blockBitmap, long inodeBitmap, long inodeTable, long freeClusters, boolean uninitialised,
        long usedInodes, int bitmapChecksum, int bitmapChecksumMask) {
    static final int BLOCK_BITMAP_AT = 0x0;
    static final int INODE_BITMAP_AT = 0x4;
    static final int INODE_TABLE_AT = 0x8;
    public static final int FREE_CLUSTERS_AT = 0xC;
    private static final int FLAGS_AT = 0x12;
    private static final int BITMAP_CHECKSUM_AT = 0x18;
    private static final int UNUSED_INODES_AT = 0x1C;
    private static final int CHECKSUM_AT = 0x1E;
    /** Where the upper halves of block numbers begin: the low field's offset and this. */
    private static final int HIGH = 0x20;
    private static final int FREE_CLUSTERS_HIGH_AT = 0x2C;
    private static final int UNUSED_INODES_HIGH_AT = 0x32;
    private static final int BITMAP_CHECKSUM_HIGH_AT = 0x38;
    private static final int LONG_LENGTH = 64;
    private static final int INODE_UNINIT = 0x1;
    private static final int BLOCK_UNINIT = 0x2;

    /**
     * Parses the descriptor of {@code group}.
     *
     * @param bytes the descriptor, as long as the volume's descriptors are
     */
    static GroupDescriptor parse(ByteBuffer bytes, long group, Superblock volume, Place place)
            throws FileSystemException {
        if (volume.features().descriptorChecksum()) {
            int stored = Short.toUnsignedInt(bytes.getShort(CHECKSUM_AT));
            int expected = volume.checksums().ofDescriptor(group, bytes);
            if (stored != expected) {
                throw place.wrong(CHECKSUM_AT, String.format("checksum of the descriptor of group %d is 0x%04X, its content"
                        + " makes 0x%04X", group, stored, expected));
            }
        }
        boolean wide = bytes.limit() >= LONG_LENGTH;
        long free = Short.toUnsignedLong(bytes.getShort(FREE_CLUSTERS_AT))
                | (wide ? Short.toUnsignedLong(bytes.getShort(FREE_CLUSTERS_HIGH_AT)) << Short.SIZE : 0);
        int checksum = Short.toUnsignedInt(bytes.getShort(BITMAP_CHECKSUM_AT))
                | (wide ? bytes.getShort(BITMAP_CHECKSUM_HIGH_AT) << Short.SIZE : 0);
        int mask = !volume.features().metadataChecksum() ? 0 : wide ? -1 : 0xFFFF;
        boolean uninitialised = volume.features().descriptorChecksum()
                && (bytes.getShort(FLAGS_AT) & BLOCK_UNINIT) != 0;
        GroupDescriptor descriptor = new GroupDescriptor(block(bytes, BLOCK_BITMAP_AT, wide),
                block(bytes, INODE_BITMAP_AT, wide), block(bytes, INODE_TABLE_AT, wide), free, uninitialised,
                usedInodes(bytes, volume), checksum, mask);
        descriptor.check(group, volume, place);
        return descriptor;
    }

    /** Returns how many inodes were ever used according to a descriptor: all, unless it has a checksum. */
    public static long usedInodes(ByteBuffer bytes, Superblock volume) {
        long all = volume.geometry().inodesPerGroup();
        if (!volume.features().descriptorChecksum()) {
            return all;
        }
        if ((bytes.getShort(FLAGS_AT) & INODE_UNINIT) != 0) {
            return 0;
        }
        boolean wide = bytes.limit() >= LONG_LENGTH;
        long unused = Short.toUnsignedLong(bytes.getShort(UNUSED_INODES_AT))
                | (wide ? Short.toUnsignedLong(bytes.getShort(UNUSED_INODES_HIGH_AT)) << Short.SIZE : 0);
        // more than there are is nonsense, which e2fsck takes for none as well
        return unused > all ? all : all - unused;
    }

    private static long block(ByteBuffer bytes, int at, boolean wide) {
        return Integer.toUnsignedLong(bytes.getInt(at)) | (wide ? (long) bytes.getInt(at + HIGH) << Integer.SIZE : 0);
    }

    private void check(long group, Superblock volume, Place place) throws FileSystemException {
        Geometry geometry = volume.geometry();
        boolean anywhere = volume.features().flexBg();
        // group 0 of a volume begins behind its superblock, whoever may use the others
        long from = anywhere ? geometry.headEnd(0) : geometry.headEnd(group);
        long to = anywhere ? geometry.blockCount() : geometry.groupEnd(group);
        checkRange("block bitmap", BLOCK_BITMAP_AT, blockBitmap, 1, group, from, to, place);
        checkRange("inode bitmap", INODE_BITMAP_AT, inodeBitmap, 1, group, from, to, place);
        checkRange("inode table", INODE_TABLE_AT, inodeTable, geometry.inodeTableBlocks(), group, from, to, place);
        boolean twice = blockBitmap == inodeBitmap || inTable(blockBitmap, geometry) || inTable(inodeBitmap, geometry);
        if (twice) {
            throw place.wrong(INODE_TABLE_AT, "bitmaps (blocks " + blockBitmap + ", " + inodeBitmap + ") and inode table"
                    + " (" + geometry.inodeTableBlocks() + " blocks at " + inodeTable + ") of group " + group + " overlap");
        }
        if (freeClusters > geometry.clusters(group)) {
            throw place.wrong(FREE_CLUSTERS_AT, "group " + group + " of " + geometry.clusters(group)
                    + " clusters has " + freeClusters + " free ones");
        }
    }

    private boolean inTable(long block, Geometry geometry) {
        return block >= inodeTable && block - inodeTable < geometry.inodeTableBlocks();
    }

    private static void checkRange(String what, int at, long block, long count, long group, long from, long to,
            Place place) throws FileSystemException {
        if (block < from || block >= to || count > to - block) {
            throw place.wrong(at, what + " of group " + group + " is said to have " + count + " blocks at "
                    + Long.toUnsignedString(block) + ", which are not in " + from + ".." + (to - 1));
        }
    }
}
