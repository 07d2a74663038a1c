package org.imagingutility.allocator.btrfs.extent;

import java.nio.ByteBuffer;
import org.imagingutility.allocator.btrfs.chunk.Chunk;
import org.imagingutility.allocator.btrfs.layout.Key;
import org.imagingutility.allocator.btrfs.layout.Place;
import org.imagingutility.allocator.btrfs.layout.Superblock;
import org.imagingutility.allocator.btrfs.layout.TreeRoot;
import org.imagingutility.allocator.btrfs.tree.TreeCursor;
import org.imagingutility.api.error.ImagingException;

/**
 * The extents of one chunk by their logical addresses, from the extent tree. At the end their sum is compared with what the
 * block group has in use; the gaps between them are compared with the free-space tree, if there is one. For one thread.
 */
final class ChunkExtents implements Ranges {
    /** {@code struct btrfs_extent_item}: references, generation, flags. */
    private static final int ITEM = 24;
    private static final int GENERATION_AT = 8;
    private static final int FLAGS_AT = 16;
    private static final long IS_DATA = 1;
    private static final long IS_TREE = 2;

    private final Superblock volume;
    private final Chunk chunk;
    private final TreeCursor extents;
    private final TreeCursor groups;
    private final FreeSpace free;
    private BlockGroup group;
    private long start;
    private long end;
    private long sum;
    private boolean done;

    /**
     * Goes to the begin of a chunk.
     *
     * @param trees cursors, which are moved
     */
    ChunkExtents(Superblock volume, Chunk chunk, Trees trees) throws ImagingException {
        this.volume = volume;
        this.chunk = chunk;
        this.extents = trees.extents();
        this.groups = trees.groups();
        this.free = trees.free() == null ? null : new FreeSpace(trees.free(), chunk, volume.sectorSize());
        this.end = chunk.logical();
        extents.seek(new Key(chunk.logical(), 0, 0));
    }

    @Override
    public boolean next() throws ImagingException {
        while (!done && extents.next() && Long.compareUnsigned(extents.key().objectId(), chunk.end()) < 0) {
            int type = extents.key().type();
            if (type == Key.EXTENT_ITEM || type == Key.METADATA_ITEM) {
                extent();
                return true;
            }
            if (type == Key.BLOCK_GROUP_ITEM && groups == null) {
                group = BlockGroup.at(extents, chunk);
            }
        }
        if (!done) {
            done = true;
            finish();
        }
        return false;
    }

    private void extent() throws ImagingException {
        Key key = extents.key();
        ByteBuffer data = extents.data();
        if (data.limit() < ITEM) {
            throw extents.place().wrong(0, "extent " + key + " has " + data.limit() + " bytes, expected " + ITEM + " or more");
        }
        long flags = data.getLong(FLAGS_AT);
        boolean tree = (flags & IS_TREE) != 0;
        if (tree == ((flags & IS_DATA) != 0) || !tree && key.type() == Key.METADATA_ITEM
                || (chunk.type() & (tree ? Chunk.TREES : Chunk.DATA)) == 0) {
            throw extents.place().wrong(FLAGS_AT, "extent " + key + " has flags " + Long.toHexString(flags)
                    + ", which do not fit in a chunk of type " + Long.toHexString(chunk.type()));
        }
        if (Long.compareUnsigned(data.getLong(GENERATION_AT), volume.generation()) > 0) {
            throw extents.place().wrong(GENERATION_AT, "extent " + key + " is of transaction "
                    + Long.toUnsignedString(data.getLong(GENERATION_AT)) + ", the file system of " + volume.generation());
        }
        if (key.type() == Key.METADATA_ITEM && Long.compareUnsigned(key.offset(), TreeRoot.MAX_LEVEL) >= 0) {
            throw extents.keyPlace().wrong(0, "the node " + key + " has a level that none has");
        }
        long length = key.type() == Key.METADATA_ITEM ? volume.nodeSize() : key.offset();
        if (tree && length != volume.nodeSize() || key.objectId() < end || length <= 0 || length > chunk.end() - key.objectId()
                || key.objectId() % volume.sectorSize() != 0 || length % volume.sectorSize() != 0) {
            throw extents.keyPlace().wrong(0, "extent " + key + " does not consist of whole sectors between " + end
                    + ", where the last one ends, and " + chunk.end() + ", where the chunk ends");
        }
        if (free != null) {
            free.compare(end, key.objectId(), extents.keyPlace());
        }
        start = key.objectId();
        end = start + length;
        sum += length;
    }

    private void finish() throws ImagingException {
        Place last = extents.keyPlace();
        if (free != null) {
            free.compare(end, chunk.end(), last);
        }
        if (groups != null) {
            groups.seek(new Key(chunk.logical(), Key.BLOCK_GROUP_ITEM, 0));
            if (groups.next() && groups.key().objectId() == chunk.logical()) {
                group = BlockGroup.at(groups, chunk);
            }
        }
        if (group == null) {
            throw last.wrong(0, "the chunk at logical address " + chunk.logical() + " has no block group");
        }
        if (group.used() != sum) {
            throw group.place().wrong(0, "the block group at logical address " + chunk.logical() + " has " + group.used()
                    + " bytes in use, its extents have " + sum);
        }
    }

    /** Returns the sum of all extents, after the last one. */
    long sum() {
        return sum;
    }

    @Override
    public long start() {
        return start;
    }

    @Override
    public long end() {
        return end;
    }
}
