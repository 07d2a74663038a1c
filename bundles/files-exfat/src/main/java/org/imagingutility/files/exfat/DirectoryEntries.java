package org.imagingutility.files.exfat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.DirectoryCursor;
import org.imagingutility.api.files.DirectoryEntry;
import org.imagingutility.api.files.FileName;
import org.imagingutility.fs.exfat.BootSector;
import org.imagingutility.fs.exfat.RootDirectory;

/** A pass over the entries of a directory. What does not hold is told, and the next call goes on behind it. For one thread. */
final class DirectoryEntries implements DirectoryCursor {
    private static final int READ_LENGTH = 16 << 10;
    private static final int END = 0x00;
    /** Of the type of an entry: in use, and no begin of a set. */
    private static final int IN_USE = 0x80;
    private static final int SECONDARY = 0x40;

    private final ExfatTree tree;
    private final BootSector boot;
    private final FileClusters clusters;
    private final long length;
    private final EntrySet set = new EntrySet();
    private ByteBuffer block;
    private long blockAt;
    private int at;
    private long position;
    private DirectoryEntry entry;
    private boolean ended;

    /**
     * Creates a pass.
     *
     * @param length bytes of the directory; as many as any has for the root, which ends with its chain
     */
    DirectoryEntries(ExfatTree tree, FileClusters clusters, long length) {
        this.tree = tree;
        this.boot = tree.boot();
        this.clusters = clusters;
        this.length = Math.min(length, RootDirectory.MAX_LENGTH);
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
        long from = position < length && clusters != null ? offset() : -1;
        if (from < 0) {
            ended = true;
            return;
        }
        long left = Math.min(length - position, boot.clusterSize() - position % boot.clusterSize());
        int bytes = (int) Math.min(READ_LENGTH, left) / EntrySet.ENTRY_SIZE * EntrySet.ENTRY_SIZE;
        if (bytes == 0) {
            ended = true;
            return;
        }
        position += bytes;
        ByteBuffer read = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        try {
            tree.volume().read(from, read);
        } catch (ImagingException e) {
            set.reset();
            throw e;
        }
        block = read.flip();
        blockAt = from;
    }

    private long offset() throws ImagingException {
        try {
            long cluster = clusters.at(position / boot.clusterSize());
            return cluster < 0 ? -1 : boot.offsetOf(cluster) + position % boot.clusterSize();
        } catch (ImagingException e) {
            // nothing can be told of what follows
            ended = true;
            throw e;
        }
    }

    /** Takes the entry at {@code at}; true if it was the last one of a file. */
    private boolean take() throws ImagingException {
        int begin = at;
        at += EntrySet.ENTRY_SIZE;
        int type = Byte.toUnsignedInt(block.get(begin));
        if (type == END) {
            ended = true;
            return false;
        }
        if (type == EntrySet.FILE) {
            set.begin(block, begin, tree.place(blockAt + begin));
        } else if (set.isOpen() && (type & (IN_USE | SECONDARY)) == (IN_USE | SECONDARY)) {
            set.add(block, begin);
        } else {
            // free, or about the volume
            set.reset();
            return false;
        }
        return !set.isOpen() && complete();
    }

    private boolean complete() throws ImagingException {
        try {
            set.check();
            FileName name = set.name();
            if (name.text().equals(".") || name.text().equals("..")) {
                return false;
            }
            entry = new DirectoryEntry(name, set.node());
            return true;
        } finally {
            set.reset();
        }
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
