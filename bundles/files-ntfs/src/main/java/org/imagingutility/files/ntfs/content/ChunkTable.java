package org.imagingutility.files.ntfs.content;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;

/**
 * Where the chunks of a file that is compressed from the outside begin, as in a resource of a WIM file: for each chunk but the first
 * the offset from the end of the table on, in 4 bytes, or 8 if the file has 4 GiB or more. Some of it is kept. For one thread.
 */
final class ChunkTable {
    private static final int KEPT = 4096;

    private final StoredContent stored;
    private final long chunkCount;
    private final int width;
    private final ByteBuffer entries = ByteBuffer.allocate(KEPT).order(ByteOrder.LITTLE_ENDIAN);
    private long first = -1;

    /**
     * Creates the table at the begin of {@code stored}.
     *
     * @param length bytes of the file
     */
    ChunkTable(StoredContent stored, long length, int chunkSize) throws FileSystemException {
        this.stored = stored;
        this.chunkCount = length == 0 ? 0 : (length - 1) / chunkSize + 1;
        this.width = length > 0xFFFF_FFFFL ? Long.BYTES : Integer.BYTES;
        if (chunkCount > 0 && stored.length() < this.length() + 1) {
            throw stored.place(0).wrong(0, "the compressed data has " + stored.length() + " bytes, its table for " + chunkCount
                    + " chunks alone " + this.length());
        }
    }

    /** Returns the bytes of the table. */
    long length() {
        return Math.max(0, chunkCount - 1) * width;
    }

    /** Returns where a chunk begins in the stored data, or ends, if {@code index} is that of the one behind it; checked. */
    long offset(long index) throws ImagingException {
        if (index == 0) {
            return length();
        }
        if (index == chunkCount) {
            return stored.length();
        }
        long entry = index - 1;
        int perPage = KEPT / width;
        if (entry / perPage != first) {
            first = -1;
            long at = entry / perPage * KEPT;
            entries.clear().limit((int) Math.min(KEPT, length() - at));
            stored.read(at, entries);
            first = entry / perPage;
        }
        int at = (int) (entry % perPage) * width;
        long value = width == Long.BYTES ? entries.getLong(at) : Integer.toUnsignedLong(entries.getInt(at));
        if (value < 0 || value > stored.length() - length()) {
            throw stored.place(entry * width).wrong(0, "chunk " + index + " begins at byte " + Long.toUnsignedString(value)
                    + " of compressed data of " + (stored.length() - length()));
        }
        return length() + value;
    }
}
