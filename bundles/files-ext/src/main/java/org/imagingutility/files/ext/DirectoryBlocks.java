package org.imagingutility.files.ext;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.DirectoryCursor;
import org.imagingutility.api.files.DirectoryEntry;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.api.files.FileName;
import org.imagingutility.fs.ext.layout.Place;

/**
 * A pass over the entries of a directory ("Linear Directories"), block by block. Where a block does not hold, the next call goes on with the
 * block behind it. For one thread.
 */
final class DirectoryBlocks implements DirectoryCursor {
    private static final int HEADER = 8;
    private static final int FILE_TYPES = 0x2;

    private final ExtTree tree;
    private final Source source;
    private final boolean typed;
    private final boolean encrypted;
    private ByteBuffer block;
    private Place place;
    private int at;
    private DirectoryEntry entry;
    private boolean ended;

    /** Gives the blocks of a directory one after the other. */
    interface Source {
        /** Returns the next block, little endian; null if there is none. */
        ByteBuffer next() throws ImagingException;

        /** Returns where that block stands. */
        Place place();
    }

    DirectoryBlocks(ExtTree tree, Source source, boolean encrypted) {
        this.tree = tree;
        this.source = source;
        this.encrypted = encrypted;
        this.typed = (tree.volume().superblock().features().incompat() & FILE_TYPES) != 0;
    }

    @Override
    public boolean next() throws ImagingException {
        entry = null;
        while (!ended) {
            tree.checkOpen();
            if (block == null || at >= block.limit()) {
                block = null;
                block = source.next();
                place = source.place();
                at = 0;
                ended = block == null;
            } else if (take()) {
                return true;
            }
        }
        return false;
    }

    /** Takes the entry at {@code at}; false if it is free or one of those two. */
    private boolean take() throws ImagingException {
        int begin = at;
        int left = block.limit() - begin;
        int length = left < HEADER ? 0 : recordLength(Short.toUnsignedInt(block.getShort(begin + 4)), block.limit());
        int nameLength = left < HEADER ? 0 : typed ? Byte.toUnsignedInt(block.get(begin + 6)) : Short.toUnsignedInt(block.getShort(begin + 6));
        long inode = left < HEADER ? 0 : Integer.toUnsignedLong(block.getInt(begin));
        if (length < HEADER || length % 4 != 0 || length > left || inode != 0 && nameLength > length - HEADER) {
            // what follows in this block has no begin that is known
            at = block.limit();
            throw place.wrong(begin, "an entry of a directory has " + length + " bytes, " + nameLength + " of them its name; the block has "
                    + left + " left");
        }
        at = begin + length;
        if (inode == 0 || nameLength == 0) {
            return false;
        }
        byte[] name = new byte[nameLength];
        block.get(begin + HEADER, name);
        if (name[0] == '.' && (nameLength == 1 || nameLength == 2 && name[1] == '.')) {
            return false;
        }
        FileKind kind = typed ? kind(block.get(begin + 7)) : null;
        if (kind == null) {
            kind = tree.kindOf(inode, place.at(begin));
        }
        entry = new DirectoryEntry(encrypted ? FileName.of(name, Base64.getUrlEncoder().withoutPadding().encodeToString(name))
                : FileName.utf8(name), new ExtNode(inode, kind));
        return true;
    }

    /** {@code ext4_rec_len_from_disk}: of blocks of 64 KiB, 65535 and 0 stand for the whole block, and two bits for what is above 65535. */
    private static int recordLength(int stored, int blockSize) {
        if (blockSize < 1 << 16) {
            return stored;
        }
        return stored == 0xFFFF || stored == 0 ? blockSize : stored & 0xFFFC | (stored & 3) << 16;
    }

    private static FileKind kind(byte type) {
        return switch (type) {
            case 1 -> FileKind.FILE;
            case 2 -> FileKind.DIRECTORY;
            case 3 -> FileKind.CHARACTER_DEVICE;
            case 4 -> FileKind.BLOCK_DEVICE;
            case 5 -> FileKind.PIPE;
            case 6 -> FileKind.SOCKET;
            case 7 -> FileKind.SYMBOLIC_LINK;
            default -> null;
        };
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

    /** The entries that stand in an inode: behind the number of the directory above, and in an attribute. */
    static Source inline(FileInode inode, ByteBuffer first, byte[] second) {
        return new Source() {
            private int given;

            @Override
            public ByteBuffer next() {
                given++;
                if (given == 1) {
                    return first;
                }
                return given == 2 && second.length > 0 ? ByteBuffer.wrap(second).order(ByteOrder.LITTLE_ENDIAN) : null;
            }

            @Override
            public Place place() {
                return inode.place();
            }
        };
    }
}
