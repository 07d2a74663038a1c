package org.imagingutility.fs.ext.inode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.imagingutility.fs.ext.layout.Geometry;
import org.imagingutility.fs.ext.layout.Superblock;

/**
 * What an inode says that bears on its blocks. Offsets of fields: "Index Nodes" of the kernel's ext4 documentation; which
 * inodes have blocks at all is told by {@code ext2fs_inode_has_valid_blocks2} in libext2fs.
 *
 * @param extents whether {@code root} is the root of an extent tree; else it holds pointers
 * @param mapped whether {@code root} leads to blocks; else it has a device number or a short text
 * @param root the 60 bytes of {@code i_block}
 * @param attributes block with extended attributes, 0 if none
 */
public record Inode(boolean extents, boolean mapped, ByteBuffer root, long attributes) {
    private static final int MODE_AT = 0x0;
    private static final int SIZE_AT = 0x4;
    private static final int DELETED_AT = 0x14;
    private static final int LINKS_AT = 0x1A;
    private static final int SECTORS_AT = 0x1C;
    private static final int FLAGS_AT = 0x20;
    /** Where {@code i_block} begins. */
    public static final int ROOT_AT = 0x28;
    public static final int ROOT_LENGTH = 60;
    private static final int ATTRIBUTES_AT = 0x68;
    private static final int SIZE_HIGH_AT = 0x6C;
    private static final int ATTRIBUTES_HIGH_AT = 0x76;

    private static final int TYPE_MASK = 0xF000;
    private static final int DIRECTORY = 0x4000;
    private static final int REGULAR_FILE = 0x8000;
    private static final int LINK = 0xA000;
    private static final int EXTENTS = 0x8_0000;
    private static final int INLINE = 0x1000_0000;
    private static final int SECTOR = 512;

    /**
     * Says whether the inode that begins at byte {@code at} is in use: a file has names, or is an orphan, whose time of
     * deletion is the number of the next one; a deleted one has a time there.
     *
     * @param inodeCount inodes of the volume
     */
    public static boolean isInUse(ByteBuffer bytes, int at, long inodeCount) {
        return bytes.getShort(at + MODE_AT) != 0 && (bytes.getShort(at + LINKS_AT) != 0
                || Integer.toUnsignedLong(bytes.getInt(at + DELETED_AT)) <= inodeCount);
    }

    /** Parses the inode that begins at byte {@code at} of {@code bytes}, which are not changed as long as it is used. */
    public static Inode parse(ByteBuffer bytes, int at, Superblock volume) {
        int type = bytes.getShort(at + MODE_AT) & TYPE_MASK;
        int flags = bytes.getInt(at + FLAGS_AT);
        long attributes = Integer.toUnsignedLong(bytes.getInt(at + ATTRIBUTES_AT));
        if (volume.features().longBlockNumbers()) {
            attributes |= Short.toUnsignedLong(bytes.getShort(at + ATTRIBUTES_HIGH_AT)) << Integer.SIZE;
        }
        boolean extents = (flags & EXTENTS) != 0;
        boolean mapped = type == DIRECTORY || type == REGULAR_FILE
                || type == LINK && (extents || !isShort(bytes, at, attributes, volume.geometry()));
        return new Inode(extents, mapped && (flags & INLINE) == 0,
                bytes.slice(at + ROOT_AT, ROOT_LENGTH).order(ByteOrder.LITTLE_ENDIAN), attributes);
    }

    /** A link whose text fits stands in the inode; it has no blocks but that of its attributes. */
    private static boolean isShort(ByteBuffer bytes, int at, long attributes, Geometry geometry) {
        long size = Integer.toUnsignedLong(bytes.getInt(at + SIZE_AT))
                | (long) bytes.getInt(at + SIZE_HIGH_AT) << Integer.SIZE;
        long sectors = Integer.toUnsignedLong(bytes.getInt(at + SECTORS_AT));
        long ofAttributes = attributes == 0 ? 0 : (long) geometry.blockSize() / SECTOR << geometry.clusterShift();
        return size >= 0 && size < ROOT_LENGTH && sectors <= ofAttributes;
    }
}
