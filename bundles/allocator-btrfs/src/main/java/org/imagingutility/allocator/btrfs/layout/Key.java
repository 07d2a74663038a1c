package org.imagingutility.allocator.btrfs.layout;

import java.nio.ByteBuffer;

/**
 * The key of an item ({@code struct btrfs_disk_key}); keys are in the order of their fields, all unsigned. Immutable.
 *
 * @param objectId first field; in the extent tree a logical address
 * @param type kind of item, 0 to 255
 * @param offset last field; in the extent tree a length or a level
 */
public record Key(long objectId, int type, long offset) implements Comparable<Key> {
    /** Bytes of a key. */
    public static final int LENGTH = 17;

    /** Kind of an item of the tree of roots and of that of logs. */
    public static final int ROOT_ITEM = 132;
    /** Kind of a part of a file's content. */
    public static final int EXTENT_DATA = 108;
    /** Kind of an extent of data, or of a block of a tree. */
    public static final int EXTENT_ITEM = 168;
    /** Kind of a block of a tree, with its level instead of its length. */
    public static final int METADATA_ITEM = 169;
    /** Kind of a block group. */
    public static final int BLOCK_GROUP_ITEM = 192;
    /** Kind of a range that is free. */
    public static final int FREE_SPACE_EXTENT = 199;
    /** Kind of a bitmap of what is free. */
    public static final int FREE_SPACE_BITMAP = 200;
    /** Kind of a range of a device that belongs to a chunk. */
    public static final int DEV_EXTENT = 204;
    /** Kind of a device. */
    public static final int DEV_ITEM = 216;
    /** Kind of a chunk. */
    public static final int CHUNK_ITEM = 228;

    /** Reads the key at byte {@code at} of little-endian bytes. */
    public static Key at(ByteBuffer bytes, int at) {
        return new Key(bytes.getLong(at), Byte.toUnsignedInt(bytes.get(at + 8)), bytes.getLong(at + 9));
    }

    @Override
    public int compareTo(Key other) {
        int order = Long.compareUnsigned(objectId, other.objectId);
        if (order == 0) {
            order = Integer.compare(type, other.type);
        }
        return order != 0 ? order : Long.compareUnsigned(offset, other.offset);
    }

    /** Returns the key as {@code btrfs inspect-internal dump-tree} has it. */
    @Override
    public String toString() {
        return "(" + Long.toUnsignedString(objectId) + " " + type + " " + Long.toUnsignedString(offset) + ")";
    }
}
