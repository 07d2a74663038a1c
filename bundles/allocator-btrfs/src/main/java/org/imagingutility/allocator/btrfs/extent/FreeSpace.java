package org.imagingutility.allocator.btrfs.extent;

import java.nio.ByteBuffer;
import org.imagingutility.allocator.btrfs.chunk.Chunk;
import org.imagingutility.allocator.btrfs.layout.Key;
import org.imagingutility.allocator.btrfs.layout.Place;
import org.imagingutility.allocator.btrfs.tree.TreeCursor;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;

/**
 * What the free-space tree says of one chunk ({@code FREE_SPACE_EXTENT}, {@code FREE_SPACE_BITMAP}), to be compared with the gaps
 * between its extents. For one thread.
 */
final class FreeSpace {
    private final TreeCursor cursor;
    private final Chunk chunk;
    private final int sectorSize;
    /** What is left of a bitmap, whose first bit that counts is that of {@code bitmapAt}. */
    private ByteBuffer bitmap;
    private long bitmapStart;
    private long bitmapAt;
    private long bitmapEnd;
    private long start;
    private long end;
    private boolean there;

    /**
     * Goes to the begin of a chunk.
     *
     * @param cursor over the free-space tree; moved
     */
    FreeSpace(TreeCursor cursor, Chunk chunk, int sectorSize) throws ImagingException {
        this.cursor = cursor;
        this.chunk = chunk;
        this.sectorSize = sectorSize;
        this.bitmapEnd = chunk.logical();
        cursor.seek(new Key(chunk.logical(), 0, 0));
        there = piece();
    }

    /**
     * Refuses a gap that is not free space as a whole, or free space in front of it.
     *
     * @param from where the last extent ends, or the chunk begins
     * @param to where the next extent begins, or the chunk ends
     * @param extent where that is told, for errors
     */
    void compare(long from, long to, Place extent) throws ImagingException {
        long free = from;
        while (there && start < to) {
            if (start != free) {
                break;
            }
            free = end;
            there = piece();
        }
        if (free != to || there && start < to) {
            throw extent.wrong(0, "the extent tree has nothing from logical address " + from + " to " + to
                    + ", the free-space tree has other ranges free there");
        }
    }

    /** Moves to the next free range, or a part of it; false at the end of the chunk. */
    private boolean piece() throws ImagingException {
        while (true) {
            while (bitmapAt < bitmapEnd && bitmap != null) {
                long from = run(bitmapAt, false);
                long to = run(from, true);
                bitmapAt = to;
                if (to > from) {
                    start = from;
                    end = to;
                    return true;
                }
            }
            bitmap = null;
            if (!cursor.next() || Long.compareUnsigned(cursor.key().objectId(), chunk.end()) >= 0) {
                return false;
            }
            Key key = cursor.key();
            if (key.type() == Key.FREE_SPACE_EXTENT) {
                check(key);
                start = key.objectId();
                end = start + key.offset();
                return true;
            }
            if (key.type() == Key.FREE_SPACE_BITMAP) {
                check(key);
                loadBitmap(key);
            }
        }
    }

    private void check(Key key) throws FileSystemException {
        if (key.offset() <= 0 || key.offset() > chunk.end() - key.objectId() || key.objectId() % sectorSize != 0
                || key.offset() % sectorSize != 0) {
            throw cursor.keyPlace().wrong(0, "free space " + key + " does not consist of whole sectors of its block group");
        }
    }

    private void loadBitmap(Key key) throws FileSystemException {
        bitmap = cursor.data();
        bitmapStart = key.objectId();
        bitmapAt = bitmapStart;
        bitmapEnd = bitmapStart + key.offset();
        if (bitmap.limit() < (key.offset() / sectorSize + Byte.SIZE - 1) / Byte.SIZE) {
            throw cursor.place().wrong(0, "the bitmap of free space " + key + " has " + bitmap.limit() + " bytes only");
        }
    }

    /** Returns the end of the sectors from {@code at} on whose bits are {@code set}. */
    private long run(long at, boolean set) {
        long position = at;
        while (position < bitmapEnd) {
            long bit = (position - bitmapStart) / sectorSize;
            if ((bitmap.get((int) (bit / Byte.SIZE)) >> bit % Byte.SIZE & 1) != (set ? 1 : 0)) {
                return position;
            }
            position += sectorSize;
        }
        return position;
    }
}
