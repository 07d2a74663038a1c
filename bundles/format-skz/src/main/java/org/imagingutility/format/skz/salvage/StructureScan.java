package org.imagingutility.format.skz.salvage;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;
import org.imagingutility.api.container.SearchMonitor;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.file.ImageInput;
import org.imagingutility.format.skz.structure.Structure;
import org.imagingutility.format.skz.structure.StructureKind;
import org.imagingutility.format.skz.structure.StructureReader;

/**
 * Searches a part of a file for structures of one image, byte by byte: where the image is damaged, nothing says where the
 * next one stands. Takes time in proportion to the length searched, whatever the file holds. For one thread.
 */
final class StructureScan {
    private static final int BLOCK = 256 << 10;
    /** What cannot be read is passed over in parts of this size. */
    private static final int SMALLEST = 4 << 10;
    /** On a failing disk each read may take seconds. */
    private static final int FAILED_READS = 1000;
    /** Magic number, length, tag, image number. */
    private static final int HEAD = Structure.TAGGED_LENGTH + Long.BYTES;
    /** A structure up to this length is always looked at: twenty bytes of it have to fit before. */
    private static final int ALWAYS = 256;
    /** Bytes of long structures that may prove wrong; more are made only to keep a reader busy. */
    private static final long WRONG = 64L << 20;
    /** The first two bytes of each magic number but its lowest: the same in all. */
    private static final int MAGIC_HIGH = 0x184D2A;

    private final ImageInput in;
    private final long imageId;
    private final long end;
    private final Set<StructureKind> kinds;
    private final SearchMonitor monitor;
    private final ByteBuffer block = ByteBuffer.allocate(BLOCK + HEAD).order(ByteOrder.LITTLE_ENDIAN);
    private long blockStart;
    private int blockSize = BLOCK;
    private long position;
    private long wrongBytesLeft;
    private int failedReads;
    private StructureKind kind;

    /** Creates a search from byte {@code from} to {@code to} (exclusive) for structures of {@code kinds}. */
    StructureScan(ImageInput in, long imageId, long from, long to, Set<StructureKind> kinds, SearchMonitor monitor) {
        this.in = in;
        this.imageId = imageId;
        this.position = Math.max(0, from);
        this.end = Math.min(to, in.length());
        this.kinds = kinds;
        this.monitor = monitor;
        this.wrongBytesLeft = WRONG + 4 * Math.max(0, end - position);
        block.limit(0);
    }

    /** Returns where the next structure seems to begin, or -1. Only its first bytes were looked at. */
    long next() throws ImagingException {
        while (end - position >= HEAD) {
            int index = (int) (position - blockStart);
            if (index < 0 || index > block.limit() - HEAD) {
                load();
                continue;
            }
            int found = find(index);
            if (found >= 0) {
                position = blockStart + found + 1;
                return blockStart + found;
            }
            position = blockStart + block.limit() - HEAD + 1;
        }
        return -1;
    }

    /** Returns what the structure found last is. */
    StructureKind kind() {
        return kind;
    }

    /** Continues at byte {@code offset}. */
    void goOnAt(long offset) {
        position = Math.max(position, offset);
    }

    /** Reads the structure found last, at {@code offset}; null if it is not whole or its CRC-32C does not hold. */
    ByteBuffer whole(long offset) throws ImagingException {
        try {
            long total = Structure.PREFIX_LENGTH + Integer.toUnsignedLong(in.read(offset, Structure.PREFIX_LENGTH).getInt(4));
            if (total > kind.maxLength() || total > end - offset || total < HEAD + Structure.CRC_LENGTH) {
                return null;
            }
            if (total > ALWAYS) {
                if (total > wrongBytesLeft) {
                    return null;
                }
                wrongBytesLeft -= total;
            }
            ByteBuffer whole = in.read(offset, (int) total);
            new StructureReader(whole, kind, in.place(offset));
            // what holds is passed at once: only what does not is paid for
            wrongBytesLeft += total > ALWAYS ? total : 0;
            return whole;
        } catch (ImageDamagedException | ImageReadException e) {
            // not a structure; what it was meant to be is found missing by whoever needs it
            return null;
        }
    }

    private int find(int from) {
        byte[] bytes = block.array();
        int last = block.limit() - HEAD;
        for (int i = from; i <= last; i++) {
            if (bytes[i + 3] == (byte) (MAGIC_HIGH >>> 16) && bytes[i + 2] == (byte) (MAGIC_HIGH >>> 8)
                    && bytes[i + 1] == (byte) MAGIC_HIGH && isWanted(i)) {
                return i;
            }
        }
        return -1;
    }

    private boolean isWanted(int at) {
        for (StructureKind wanted : kinds) {
            if (block.getInt(at) == wanted.magic() && block.getLong(at + Structure.PREFIX_LENGTH) == wanted.tagBits()
                    && (wanted == StructureKind.HEADER || block.getLong(at + Structure.TAGGED_LENGTH) == imageId)) {
                kind = wanted;
                return true;
            }
        }
        return false;
    }

    private void load() throws ImagingException {
        int count = (int) Math.min(blockSize + (long) HEAD, end - position);
        blockStart = position;
        block.clear().limit(count);
        try {
            in.file().read(position, block);
            block.flip();
            blockSize = Math.min(BLOCK, 2 * blockSize);
            monitor.searched(count);
        } catch (ImageReadException e) {
            block.clear().limit(0);
            if (++failedReads > FAILED_READS) {
                throw e;
            }
            if (blockSize == SMALLEST) {
                position += Math.min(SMALLEST, end - position);
            }
            blockSize = SMALLEST;
        }
    }
}
