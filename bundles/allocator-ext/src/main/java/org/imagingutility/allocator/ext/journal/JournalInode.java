package org.imagingutility.allocator.ext.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.ext.group.DescriptorReader;
import org.imagingutility.fs.ext.layout.Geometry;
import org.imagingutility.fs.ext.layout.Place;

/**
 * Reads from the journal's inode where its blocks are. Offsets of fields: "Index Nodes", "Extent Tree" and "Direct/Indirect
 * Block Addressing" of the kernel's ext4 documentation. A journal has no holes, so each block that is read must bring it
 * further: that bounds the reading.
 */
public final class JournalInode {
    private static final int MODE_AT = 0x0;
    private static final int SIZE_AT = 0x4;
    private static final int FLAGS_AT = 0x20;
    private static final int BLOCKS_AT = 0x28;
    private static final int BLOCKS_LENGTH = 60;
    private static final int SIZE_HIGH_AT = 0x6C;
    private static final int INODE_LENGTH = 128;
    private static final int TYPE_MASK = 0xF000;
    private static final int REGULAR_FILE = 0x8000;
    private static final int EXTENTS = 0x8_0000;

    private static final int NODE_MAGIC = 0xF30A;
    private static final int ENTRY_COUNT_AT = 2;
    private static final int DEPTH_AT = 6;
    private static final int ENTRY_LENGTH = 12;
    private static final int MAX_DEPTH = 5;
    /** Lengths above are those of extents that were not written yet. */
    private static final int MAX_WRITTEN = 1 << 15;

    private static final int DIRECT_POINTERS = 12;
    private static final int INDIRECT_LEVELS = 3;

    private final AlignedReader reader;
    private final Geometry geometry;
    private final JournalMap.Builder map = new JournalMap.Builder();
    private long blockCount;

    private JournalInode(AlignedReader reader, Geometry geometry) {
        this.reader = reader;
        this.geometry = geometry;
    }

    /**
     * Reads where the journal is.
     *
     * @param inode number of its inode, within the volume
     */
    public static JournalMap read(AlignedReader reader, DescriptorReader descriptors, Geometry geometry, long inode)
            throws ImagingException {
        long group = (inode - 1) / geometry.inodesPerGroup();
        long index = (inode - 1) % geometry.inodesPerGroup();
        long offset = geometry.offset(descriptors.read(group).inodeTable()) + index * geometry.inodeSize();
        return new JournalInode(reader, geometry).read(inode, new Place(reader.deviceName(), offset));
    }

    private JournalMap read(long inode, Place place) throws ImagingException {
        ByteBuffer bytes = copy(place.offset(), INODE_LENGTH);
        int mode = Short.toUnsignedInt(bytes.getShort(MODE_AT));
        if ((mode & TYPE_MASK) != REGULAR_FILE) {
            throw place.wrong(MODE_AT, String.format("inode %d, the journal, has mode 0x%04X, which is no file's", inode,
                    mode));
        }
        long size = Integer.toUnsignedLong(bytes.getInt(SIZE_AT)) | (long) bytes.getInt(SIZE_HIGH_AT) << Integer.SIZE;
        blockCount = size / geometry.blockSize();
        if (size <= 0 || blockCount == 0 || blockCount > geometry.blockCount()) {
            throw place.wrong(SIZE_AT, "the journal has " + Long.toUnsignedString(size) + " bytes, the volume "
                    + geometry.length());
        }
        ByteBuffer root = bytes.slice(BLOCKS_AT, BLOCKS_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        if ((bytes.getInt(FLAGS_AT) & EXTENTS) != 0) {
            readNode(root, MAX_DEPTH + 1, place.at(BLOCKS_AT));
        } else {
            readPointers(root, place.at(BLOCKS_AT));
        }
        if (map.length() < blockCount) {
            throw place.wrong(BLOCKS_AT, "the journal has " + blockCount + " blocks, but only " + map.length()
                    + " of them are found");
        }
        return map.build();
    }

    /** Reads a node of the extent tree whose depth is less than {@code above}. */
    private void readNode(ByteBuffer node, int above, Place place) throws ImagingException {
        int magic = Short.toUnsignedInt(node.getShort(0));
        int count = Short.toUnsignedInt(node.getShort(ENTRY_COUNT_AT));
        int depth = Short.toUnsignedInt(node.getShort(DEPTH_AT));
        if (magic != NODE_MAGIC || depth >= above || count == 0 || count > node.limit() / ENTRY_LENGTH - 1) {
            throw place.wrong(0, String.format("node of the journal's extent tree has magic number 0x%04X, %d entries and "
                    + "depth %d", magic, count, depth));
        }
        for (int at = ENTRY_LENGTH; at <= count * ENTRY_LENGTH; at += ENTRY_LENGTH) {
            long first = Integer.toUnsignedLong(node.getInt(at));
            if (first != map.length()) {
                throw place.wrong(at, "the journal continues with its block " + first + " where " + map.length()
                        + " is to follow");
            }
            if (depth == 0) {
                int length = Short.toUnsignedInt(node.getShort(at + 4));
                long block = (long) Short.toUnsignedInt(node.getShort(at + 6)) << Integer.SIZE
                        | Integer.toUnsignedLong(node.getInt(at + 8));
                addRun(block, length <= MAX_WRITTEN ? length : length - MAX_WRITTEN, place.at(at));
            } else {
                long block = (long) Short.toUnsignedInt(node.getShort(at + 8)) << Integer.SIZE
                        | Integer.toUnsignedLong(node.getInt(at + 4));
                readNode(treeBlock(block, place.at(at)), depth, new Place(place.device(), geometry.offset(block)));
            }
        }
    }

    private void readPointers(ByteBuffer root, Place place) throws ImagingException {
        for (int i = 0; i < DIRECT_POINTERS && map.length() < blockCount; i++) {
            addRun(pointer(root, i), 1, place.at((long) i * Integer.BYTES));
        }
        for (int level = 1; level <= INDIRECT_LEVELS && map.length() < blockCount; level++) {
            int index = DIRECT_POINTERS + level - 1;
            readIndirect(pointer(root, index), level, place.at((long) index * Integer.BYTES));
        }
    }

    /** Reads a block of pointers to blocks ({@code level} 1) or to blocks of pointers. */
    private void readIndirect(long block, int level, Place place) throws ImagingException {
        ByteBuffer pointers = treeBlock(block, place);
        Place inside = new Place(place.device(), geometry.offset(block));
        for (int i = 0; i < geometry.blockSize() / Integer.BYTES && map.length() < blockCount; i++) {
            if (level == 1) {
                addRun(pointer(pointers, i), 1, inside.at((long) i * Integer.BYTES));
            } else {
                readIndirect(pointer(pointers, i), level - 1, inside.at((long) i * Integer.BYTES));
            }
        }
    }

    private static long pointer(ByteBuffer pointers, int index) {
        return Integer.toUnsignedLong(pointers.getInt(index * Integer.BYTES));
    }

    private void addRun(long block, long length, Place place) throws FileSystemException {
        checkBlocks(block, length, place);
        if (length > blockCount - map.length()) {
            throw place.wrong(0, "the journal has " + blockCount + " blocks, but " + (map.length() + length)
                    + " or more are listed");
        }
        if (!map.add(block, length)) {
            throw place.wrong(0, "the journal is in more than " + JournalMap.MAX_RUNS + " pieces");
        }
    }

    private ByteBuffer treeBlock(long block, Place place) throws ImagingException {
        checkBlocks(block, 1, place);
        if (!map.addTreeBlock(block)) {
            throw place.wrong(0, "the journal is listed in more than " + JournalMap.MAX_RUNS + " blocks");
        }
        return copy(geometry.offset(block), geometry.blockSize());
    }

    private void checkBlocks(long block, long length, Place place) throws FileSystemException {
        if (length == 0 || block < geometry.headEnd(0) || block >= geometry.blockCount()
                || length > geometry.blockCount() - block) {
            throw place.wrong(0, "the journal is said to have " + length + " blocks at " + block + ", which are not in "
                    + geometry.headEnd(0) + ".." + (geometry.blockCount() - 1));
        }
    }

    /** Reads bytes that stay valid: what they point to is read with the same reader. */
    private ByteBuffer copy(long offset, int length) throws ImagingException {
        return ByteBuffer.allocate(length).put(reader.read(offset, length)).flip().order(ByteOrder.LITTLE_ENDIAN);
    }
}
