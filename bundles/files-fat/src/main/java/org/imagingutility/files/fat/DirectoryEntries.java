package org.imagingutility.files.fat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.DirectoryCursor;
import org.imagingutility.api.files.DirectoryEntry;
import org.imagingutility.api.files.FileName;
import org.imagingutility.fs.fat.FatType;
import org.imagingutility.fs.fat.Layout;

/** A pass over the entries of a directory. For one thread. */
final class DirectoryEntries implements DirectoryCursor {
    private static final int ENTRY_SIZE = 32;
    private static final int ATTRIBUTES_AT = 11;
    private static final int LOWER_CASE_AT = 12;
    private static final int CREATED_HUNDREDTHS_AT = 13;
    private static final int CREATED_TIME_AT = 14;
    private static final int CREATED_DATE_AT = 16;
    private static final int ACCESSED_DATE_AT = 18;
    private static final int CLUSTER_HIGH_AT = 20;
    private static final int MODIFIED_TIME_AT = 22;
    private static final int MODIFIED_DATE_AT = 24;
    private static final int CLUSTER_AT = 26;
    private static final int SIZE_AT = 28;
    private static final int FREE = 0xE5;
    private static final int READ_LENGTH = 16 << 10;
    /** Bytes a directory can have: 65536 entries. */
    private static final int MAX_LENGTH = 65_536 * ENTRY_SIZE;

    private final FatTree tree;
    private final Layout layout;
    private final FileClusters clusters;
    private final LongName longName = new LongName();
    private ByteBuffer block;
    private long blockAt;
    private int at;
    private long position;
    private DirectoryEntry entry;
    private boolean ended;

    /** Creates a pass over the clusters of a directory, or over the root in front of all clusters if that is null. */
    DirectoryEntries(FatTree tree, FileClusters clusters) {
        this.tree = tree;
        this.layout = tree.layout();
        this.clusters = clusters;
    }

    @Override
    public boolean next() throws ImagingException {
        entry = null;
        while (!ended) {
            tree.checkOpen();
            if (block == null || at >= block.limit()) {
                load();
            } else if (take()) {
                return true;
            }
        }
        return false;
    }

    private void load() throws ImagingException {
        block = null;
        at = 0;
        int length;
        long from;
        if (clusters == null) {
            length = Math.min(READ_LENGTH, (int) Math.min(Integer.MAX_VALUE, layout.rootLength() - position));
            from = layout.rootOffset() + position;
        } else {
            from = clusterOffset();
            length = (int) Math.min(READ_LENGTH, layout.clusterSize() - position % layout.clusterSize());
        }
        if (length <= 0 || from < 0) {
            ended = true;
            return;
        }
        position += length;
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        try {
            tree.volume().read(from, bytes);
        } catch (ImagingException e) {
            // the next call goes on behind it; a long name may lie on both sides
            longName.reset();
            throw e;
        }
        block = bytes.flip();
        blockAt = from;
    }

    private long clusterOffset() throws ImagingException {
        if (position >= MAX_LENGTH) {
            return -1;
        }
        try {
            long cluster = clusters.at(position / layout.clusterSize());
            return cluster < 0 ? -1 : layout.offsetOf(cluster) + position % layout.clusterSize();
        } catch (ImagingException e) {
            // nothing can be told of what follows
            ended = true;
            throw e;
        }
    }

    /** Takes the entry at {@code at}; false if it is none of a file. */
    private boolean take() {
        int begin = at;
        at += ENTRY_SIZE;
        int first = Byte.toUnsignedInt(block.get(begin));
        int attributes = Byte.toUnsignedInt(block.get(begin + ATTRIBUTES_AT));
        if (first == 0) {
            ended = true;
            return false;
        }
        if (first == FREE) {
            longName.reset();
            return false;
        }
        if ((attributes & LongName.ATTRIBUTES_MASK) == LongName.ATTRIBUTES) {
            longName.take(block, begin);
            return false;
        }
        byte[] shortName = new byte[ShortName.LENGTH];
        block.get(begin, shortName);
        FileName name = longName.of(shortName);
        longName.reset();
        boolean label = (attributes & (FatNode.LABEL | FatNode.DIRECTORY)) == FatNode.LABEL;
        if (name == null) {
            name = ShortName.of(shortName, block.get(begin + LOWER_CASE_AT), tree.codePage());
        }
        if (label || name.text().isEmpty() || name.text().equals(".") || name.text().equals("..")) {
            return false;
        }
        entry = new DirectoryEntry(name, node(begin, attributes));
        return true;
    }

    private FatNode node(int begin, int attributes) {
        long first = u16(begin + CLUSTER_AT) | (layout.type() == FatType.FAT32 ? (long) u16(begin + CLUSTER_HIGH_AT) << Short.SIZE : 0);
        return new FatNode(blockAt + begin, attributes, first, Integer.toUnsignedLong(block.getInt(begin + SIZE_AT)),
                new FatNode.Stamp(u16(begin + CREATED_DATE_AT), u16(begin + CREATED_TIME_AT),
                        Byte.toUnsignedInt(block.get(begin + CREATED_HUNDREDTHS_AT))),
                new FatNode.Stamp(u16(begin + ACCESSED_DATE_AT), 0, 0),
                new FatNode.Stamp(u16(begin + MODIFIED_DATE_AT), u16(begin + MODIFIED_TIME_AT), 0));
    }

    private int u16(int position16) {
        return Short.toUnsignedInt(block.getShort(position16));
    }

    @Override
    public DirectoryEntry entry() {
        return entry;
    }

    @Override
    public void close() {
        ended = true;
        block = null;
    }
}
