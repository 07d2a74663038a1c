package org.imagingutility.allocator.ext.inode;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.imagingutility.api.allocator.ClusterWindow;
import org.imagingutility.api.allocator.VisitedClusters;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.ext.inode.Inode;
import org.imagingutility.fs.ext.layout.Geometry;
import org.imagingutility.fs.ext.layout.Place;

/**
 * Adds the blocks that inodes lead to: those of data, and those of the trees that lead there ("Extent Tree" and
 * "Direct/Indirect Block Addressing" of the kernel's ext4 documentation). Blocks of trees are collected and read in order
 * of their numbers, and none of them twice. For one thread, and one pass over the inodes.
 */
final class BlockMap {
    /** Most blocks of trees that are remembered; a volume of 4 TiB in indirect blocks has as many. */
    private static final int MAX_REMEMBERED = 1 << 20;
    /** Blocks that are collected before they are read. */
    private static final int BATCH = 1 << 15;
    private static final int NODE_MAGIC = 0xF30A;
    private static final int ENTRY_COUNT_AT = 2;
    private static final int DEPTH_AT = 6;
    private static final int ENTRY_LENGTH = 12;
    private static final int MAX_DEPTH = 5;
    /** Lengths above are those of extents that were not written yet. */
    private static final int MAX_WRITTEN = 1 << 15;
    private static final int DIRECT_POINTERS = 12;
    /** How a block of a tree is noted: its number, and these five bits. */
    private static final int LEVEL_BITS = 3;
    private static final int INDIRECT = 1 << LEVEL_BITS;
    private static final int CERTAIN = 1 << LEVEL_BITS + 1;
    private static final int NOTE_BITS = LEVEL_BITS + 2;

    private final BlockVersions versions;
    private final Geometry geometry;
    private final String device;
    private final ClusterWindow window;
    private final long referredLimit;
    private final VisitedClusters seen = new VisitedClusters(MAX_REMEMBERED);
    private long treeBlocksLeft;
    private long[] waiting = new long[1024];
    private int waitingCount;
    /** Whether what is being added belongs to an inode that is surely in use. */
    private boolean certain;

    /**
     * Creates a map that adds to {@code window}.
     *
     * @param copies how often a block may be listed in all: files list it once, their copies in the journal again
     */
    BlockMap(BlockVersions versions, Geometry geometry, String device, ClusterWindow window, int copies) {
        this.versions = versions;
        this.geometry = geometry;
        this.device = device;
        this.window = window;
        this.referredLimit = copies * geometry.blockCount();
        this.treeBlocksLeft = Math.max(MAX_REMEMBERED, geometry.blockCount() / 64);
    }

    /**
     * Adds the blocks of an inode; those of its tree may have to wait for {@link #flush}.
     *
     * @param certain whether it is an error if its tree cannot be followed
     * @param place where the inode's {@code i_block} begins
     */
    void add(Inode inode, boolean certain, Place place) throws ImagingException {
        this.certain = certain;
        if (inode.attributes() != 0) {
            addRun(inode.attributes(), 1, place);
        }
        if (!inode.mapped()) {
            return;
        }
        if (inode.extents()) {
            node(inode.root(), -1, place);
        } else {
            pointers(inode.root(), 0, DIRECT_POINTERS, place);
            for (int level = 1; level <= 3; level++) {
                long block = pointer(inode.root(), DIRECT_POINTERS + level - 1);
                if (block != 0) {
                    treeBlock(block, INDIRECT | level, place);
                }
            }
        }
        if (waitingCount >= BATCH) {
            flush();
        }
    }

    /** Follows the trees of the inodes that were added. */
    void flush() throws ImagingException {
        while (waitingCount > 0) {
            long[] batch = Arrays.copyOf(waiting, waitingCount);
            waitingCount = 0;
            Arrays.sort(batch);
            for (long note : batch) {
                follow(note);
                if (waitingCount >= BATCH) {
                    // the deeper a block, the fewer follow it: at most as many levels as a tree has wait at once
                    flush();
                }
            }
        }
    }

    /** Of several versions of a block one must make sense. */
    private void follow(long note) throws ImagingException {
        long block = note >>> NOTE_BITS;
        int level = (int) note & (1 << LEVEL_BITS) - 1;
        boolean surely = (note & CERTAIN) != 0;
        Place place = new Place(device, geometry.offset(block));
        List<ByteBuffer> all = versions.all(block);
        FileSystemException failure = null;
        boolean sound = false;
        for (ByteBuffer bytes : all) {
            certain = surely && all.size() == 1;
            try {
                if ((note & INDIRECT) == 0) {
                    node(bytes, level, place);
                } else if (level == 1) {
                    pointers(bytes, 0, geometry.blockSize() / Integer.BYTES, place);
                } else {
                    indirect(bytes, level, place);
                }
                sound = true;
            } catch (FileSystemException e) {
                failure = e;
            }
        }
        if (!sound && surely) {
            throw failure;
        }
    }

    /** Takes a node of an extent tree; {@code depth} is that of a node in a block, the root says its own. */
    private void node(ByteBuffer node, int depth, Place place) throws FileSystemException {
        int magic = Short.toUnsignedInt(node.getShort(0));
        int count = Short.toUnsignedInt(node.getShort(ENTRY_COUNT_AT));
        int found = Short.toUnsignedInt(node.getShort(DEPTH_AT));
        if (magic != NODE_MAGIC || (depth < 0 ? found > MAX_DEPTH : found != depth)
                || count > node.limit() / ENTRY_LENGTH - 1) {
            throw place.wrong(0, String.format("node of an extent tree has magic number 0x%04X, %d entries and depth %d",
                    magic, count, found));
        }
        for (int at = ENTRY_LENGTH; at <= count * ENTRY_LENGTH; at += ENTRY_LENGTH) {
            if (found == 0) {
                int length = Short.toUnsignedInt(node.getShort(at + 4));
                addRun((long) Short.toUnsignedInt(node.getShort(at + 6)) << Integer.SIZE
                        | Integer.toUnsignedLong(node.getInt(at + 8)),
                        length <= MAX_WRITTEN ? length : length - MAX_WRITTEN, place.at(at));
            } else {
                treeBlock((long) Short.toUnsignedInt(node.getShort(at + 8)) << Integer.SIZE
                        | Integer.toUnsignedLong(node.getInt(at + 4)), found - 1, place.at(at));
            }
        }
    }

    private void indirect(ByteBuffer bytes, int level, Place place) throws FileSystemException {
        for (int i = 0; i < geometry.blockSize() / Integer.BYTES; i++) {
            long block = pointer(bytes, i);
            if (block != 0) {
                treeBlock(block, INDIRECT | level - 1, place.at((long) i * Integer.BYTES));
            }
        }
    }

    /** Adds blocks that are listed one by one, in runs; 0 is a hole. */
    private void pointers(ByteBuffer bytes, int from, int to, Place place) throws FileSystemException {
        long start = 0;
        long end = 0;
        for (int i = from; i < to; i++) {
            long block = pointer(bytes, i);
            if (block == 0) {
                continue;
            }
            if (block != end) {
                addPointers(start, end, place);
                start = block;
            }
            end = block + 1;
        }
        addPointers(start, end, place);
    }

    private void addPointers(long start, long end, Place place) throws FileSystemException {
        if (start != end) {
            addRun(start, end - start, place);
        }
    }

    private static long pointer(ByteBuffer pointers, int index) {
        return Integer.toUnsignedLong(pointers.getInt(index * Integer.BYTES));
    }

    private void treeBlock(long block, int kind, Place place) throws FileSystemException {
        check(block, 1, place);
        window.add(block, block + 1);
        long note = block << NOTE_BITS | kind | (certain ? CERTAIN : 0);
        if (!seen.add(note)) {
            return;
        }
        if (--treeBlocksLeft < 0) {
            throw place.wrong(0, "inodes up to this one lead to more blocks of pointers and extents than such a volume has");
        }
        if (waitingCount == waiting.length) {
            waiting = Arrays.copyOf(waiting, waitingCount * 2);
        }
        waiting[waitingCount++] = note;
    }

    private void addRun(long block, long length, Place place) throws FileSystemException {
        check(block, length, place);
        window.add(block, block + length);
        if (window.referred() > referredLimit) {
            throw place.wrong(0, "inodes up to this one refer to more blocks than the volume has several times over");
        }
    }

    private void check(long block, long length, Place place) throws FileSystemException {
        if (length == 0 || block < geometry.firstBlock() || block >= geometry.blockCount()
                || length > geometry.blockCount() - block) {
            throw place.wrong(0, "an inode leads to " + length + " blocks at " + block + ", which are not in "
                    + geometry.firstBlock() + ".." + (geometry.blockCount() - 1));
        }
    }
}
