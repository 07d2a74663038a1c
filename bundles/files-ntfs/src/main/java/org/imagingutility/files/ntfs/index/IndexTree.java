package org.imagingutility.files.ntfs.index;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.files.ntfs.content.Contents;
import org.imagingutility.files.ntfs.content.StoredContent;
import org.imagingutility.files.ntfs.record.FileRecord;
import org.imagingutility.fs.ntfs.structure.Attribute;
import org.imagingutility.fs.ntfs.structure.Place;
import org.imagingutility.fs.ntfs.structure.UpdateSequence;

/**
 * The B-tree of a directory: the root in the record, all other nodes in blocks of a stream of their own. Layout: {@code INDEX_ROOT} and
 * {@code INDEX_BLOCK} in {@code layout.h} of ntfs-3g. For one thread.
 */
final class IndexTree {
    private static final String NAME = "$I30";
    private static final int MAGIC = 0x5844_4E49; // INDX
    private static final int BLOCK_SIZE_AT = 8;
    private static final int ROOT_HEADER_AT = 16;
    private static final int NUMBER_AT = 16;
    private static final int BLOCK_HEADER_AT = 24;
    private static final int HEADER = 16;
    private static final int SECTOR = 512;
    private static final int MAX_BLOCK = 64 << 10;

    private final FileRecord directory;
    private final Attribute.Resident root;
    private final Optional<StoredContent> blocks;
    private final int blockSize;
    /** Bytes by which nodes are numbered: clusters, or sectors where a block is smaller than a cluster. */
    private final int unit;

    /** Opens the index of a directory. */
    IndexTree(FileRecord directory, Contents contents) throws ImagingException {
        this.directory = directory;
        if (!(directory.find(Attribute.INDEX_ROOT, NAME).orElse(null) instanceof Attribute.Resident value)
                || value.value().limit() < ROOT_HEADER_AT + HEADER) {
            throw directory.base().wrong("is a directory, but has no index of names");
        }
        root = value;
        if (value.value().getInt(0) != Attribute.FILE_NAME) {
            throw value.place().wrong(value.valueAt(), "the index of " + directory.shown() + " is not one of names");
        }
        long size = Integer.toUnsignedLong(value.value().getInt(BLOCK_SIZE_AT));
        if (size < SECTOR || size > MAX_BLOCK || Long.bitCount(size) != 1) {
            throw value.place().wrong(value.valueAt() + BLOCK_SIZE_AT, "index blocks of " + directory.shown() + " have " + size
                    + " bytes, expected a power of two from " + SECTOR + " to " + MAX_BLOCK);
        }
        blockSize = (int) size;
        int clusterSize = directory.volume().boot().clusterSize();
        unit = clusterSize <= blockSize ? clusterSize : SECTOR;
        Optional<Attribute> allocation = directory.find(Attribute.INDEX_ALLOCATION, NAME);
        blocks = allocation.isPresent() ? Optional.of(contents.open(directory, allocation.get())) : Optional.empty();
    }

    /** Returns the root. */
    IndexNode root() throws FileSystemException {
        return new IndexNode(root.value(), ROOT_HEADER_AT, root.place().from(root.valueAt()));
    }

    /** Returns how many blocks there are. */
    long blockCount() {
        return blocks.map(stored -> stored.length() / blockSize).orElse(0L);
    }

    /** Returns which block the node with this number, from 0 on, stands in. */
    long block(long number, Place neededBy) throws FileSystemException {
        long block = number / (blockSize / unit);
        if (number % (blockSize / unit) != 0 || block >= blockCount()) {
            throw neededBy.wrong(0, "an index entry of " + directory.shown() + " refers to node " + number + ", of " + blockCount()
                    + " blocks of " + blockSize / unit);
        }
        return block;
    }

    /** Reads the node with this number. */
    IndexNode node(long number, Place neededBy) throws ImagingException {
        long position = block(number, neededBy) * blockSize;
        StoredContent stored = blocks.orElseThrow();
        ByteBuffer bytes = ByteBuffer.allocate(blockSize).order(ByteOrder.LITTLE_ENDIAN);
        stored.read(position, bytes);
        bytes.clear();
        Place place = stored.place(position);
        if (bytes.getInt(0) != MAGIC || !UpdateSequence.undo(bytes)) {
            throw place.wrong(0, "node " + number + " of the index of " + directory.shown() + " is torn, or no node");
        }
        if (bytes.getLong(NUMBER_AT) != number) {
            throw place.wrong(NUMBER_AT, "node " + number + " of the index of " + directory.shown() + " says it is node "
                    + Long.toUnsignedString(bytes.getLong(NUMBER_AT)));
        }
        return new IndexNode(bytes, BLOCK_HEADER_AT, place);
    }

    /** Returns where the root stands. */
    Place place() {
        return root.place();
    }
}
