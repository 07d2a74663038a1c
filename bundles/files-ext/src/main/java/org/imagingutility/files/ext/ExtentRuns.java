package org.imagingutility.files.ext;

import java.nio.ByteBuffer;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.FileRange;
import org.imagingutility.fs.ext.inode.Inode;
import org.imagingutility.fs.ext.layout.Place;

/**
 * The blocks of a file with an extent tree ("Extent Tree"). Holds the node that it read last of each level. Each look-up goes down at most five
 * levels, whatever the tree says.
 */
final class ExtentRuns implements Runs {
    private static final int NODE_MAGIC = 0xF30A;
    private static final int ENTRY_COUNT_AT = 2;
    private static final int DEPTH_AT = 6;
    private static final int ENTRY_LENGTH = 12;
    private static final int MAX_DEPTH = 5;
    /** Lengths above are those of extents that were not written yet. */
    private static final int MAX_WRITTEN = 1 << 15;

    private final Volume volume;
    private final FileInode inode;
    private final ByteBuffer[] nodes = new ByteBuffer[MAX_DEPTH];
    private final long[] blocks = new long[MAX_DEPTH];

    ExtentRuns(Volume volume, FileInode inode) {
        this.volume = volume;
        this.inode = inode;
    }

    @Override
    public Run at(long block, long most) throws ImagingException {
        ByteBuffer node = inode.blocks().root();
        Place place = inode.place().at(Inode.ROOT_AT);
        int depth = check(node, -1, place);
        long end = block + most;
        while (true) {
            int count = Short.toUnsignedInt(node.getShort(ENTRY_COUNT_AT));
            int found = last(node, count, block);
            if (found < count) {
                end = Math.min(end, first(node, found + 1));
            }
            if (found == 0) {
                return Run.hole(end - block);
            }
            int at = found * ENTRY_LENGTH;
            if (depth == 0) {
                return run(node, at, block, end, place);
            }
            long child = (long) Short.toUnsignedInt(node.getShort(at + 8)) << Integer.SIZE | Integer.toUnsignedLong(node.getInt(at + 4));
            depth--;
            node = node(child, depth, place.at(at));
            place = volume.place(volume.geometry().offset(child));
        }
    }

    private Run run(ByteBuffer node, int at, long block, long end, Place place) throws ImagingException {
        long first = Integer.toUnsignedLong(node.getInt(at));
        int length = Short.toUnsignedInt(node.getShort(at + 4));
        boolean written = length <= MAX_WRITTEN;
        long blocksThere = written ? length : length - MAX_WRITTEN;
        long start = (long) Short.toUnsignedInt(node.getShort(at + 6)) << Integer.SIZE | Integer.toUnsignedLong(node.getInt(at + 8));
        volume.check(start, blocksThere, place.at(at));
        long inside = block - first;
        if (inside >= blocksThere) {
            return Run.hole(end - block);
        }
        long length2 = Math.min(end - block, blocksThere - inside);
        return new Run(length2, start + inside, written ? FileRange.Kind.DATA : FileRange.Kind.UNWRITTEN);
    }

    /** Returns the number of the last entry, from 1 on, that begins at {@code block} or before; 0 if none does. */
    private static int last(ByteBuffer node, int count, long block) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (first(node, middle) <= block) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private static long first(ByteBuffer node, int entry) {
        return Integer.toUnsignedLong(node.getInt(entry * ENTRY_LENGTH));
    }

    private ByteBuffer node(long block, int depth, Place namedAt) throws ImagingException {
        if (nodes[depth] == null || blocks[depth] != block) {
            nodes[depth] = null;
            volume.check(block, 1, namedAt);
            ByteBuffer read = volume.block(block);
            check(read, depth, volume.place(volume.geometry().offset(block)));
            nodes[depth] = read;
            blocks[depth] = block;
        }
        return nodes[depth];
    }

    /** Returns the depth of a node, which must be {@code depth} unless that is negative, and whose entries must be in order. */
    private static int check(ByteBuffer node, int depth, Place place) throws ImagingException {
        int magic = Short.toUnsignedInt(node.getShort(0));
        int count = Short.toUnsignedInt(node.getShort(ENTRY_COUNT_AT));
        int found = Short.toUnsignedInt(node.getShort(DEPTH_AT));
        if (magic != NODE_MAGIC || (depth < 0 ? found > MAX_DEPTH : found != depth) || count > node.limit() / ENTRY_LENGTH - 1) {
            throw place.wrong(0, String.format("node of an extent tree has magic number 0x%04X, %d entries and depth %d", magic, count, found));
        }
        for (int i = 2; i <= count; i++) {
            if (first(node, i) <= first(node, i - 1)) {
                throw place.wrong((long) i * ENTRY_LENGTH, "entry " + i + " of an extent tree begins with block " + first(node, i)
                        + " of the file, the one before with " + first(node, i - 1));
            }
        }
        return found;
    }
}
