package org.imagingutility.allocator.btrfs.extent;

import java.nio.ByteBuffer;
import org.imagingutility.allocator.btrfs.chunk.Chunk;
import org.imagingutility.allocator.btrfs.layout.Key;
import org.imagingutility.allocator.btrfs.layout.Place;
import org.imagingutility.allocator.btrfs.tree.TreeCursor;
import org.imagingutility.api.error.FileSystemException;

/**
 * What a block group ({@code struct btrfs_block_group_item}) says of its chunk. Immutable.
 *
 * @param used bytes of all extents in it
 * @param place where it says so
 */
record BlockGroup(long used, Place place) {
    private static final int LENGTH = 24;
    private static final int FLAGS_AT = 16;

    /** Reads the item at {@code cursor}, whose key is that of a block group. */
    static BlockGroup at(TreeCursor cursor, Chunk chunk) throws FileSystemException {
        Key key = cursor.key();
        ByteBuffer data = cursor.data();
        if (key.objectId() != chunk.logical() || key.offset() != chunk.length()) {
            throw cursor.keyPlace().wrong(0, "the block group " + key + " is not the chunk of " + chunk.length()
                    + " bytes at logical address " + chunk.logical());
        }
        if (data.limit() != LENGTH || data.getLong(FLAGS_AT) != chunk.type()) {
            throw cursor.place().wrong(FLAGS_AT, "the block group at logical address " + chunk.logical()
                    + " has another type than its chunk");
        }
        long used = data.getLong(0);
        if (used < 0 || used > chunk.length()) {
            throw cursor.place().wrong(0, "the block group at logical address " + chunk.logical() + " has "
                    + Long.toUnsignedString(used) + " bytes in use of " + chunk.length());
        }
        return new BlockGroup(used, cursor.place());
    }
}
