package org.imagingutility.files.ntfs.content;

import java.nio.ByteBuffer;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.files.ntfs.compression.CompressedDataException;
import org.imagingutility.files.ntfs.compression.Decompressor;
import org.imagingutility.fs.ntfs.structure.Place;

/**
 * The content of a file that Windows compressed from the outside: chunks that are expanded one by one; one that is as long as what it
 * expands to is stored as it is. The last chunk is kept, and some of the compressed data that follows it.
 */
public final class WofContent extends StoredContent {
    private static final int WINDOW = 128 << 10;

    private final StoredContent stored;
    private final ChunkTable table;
    private final int chunkSize;
    private final Decompressor decompressor;
    private final ByteBuffer window = ByteBuffer.allocate(WINDOW);
    /** Where the bytes of the window begin in the stored data. */
    private long windowAt;
    private final byte[] chunk;
    private long kept = -1;

    /**
     * Creates the content.
     *
     * @param stored the compressed data with its table
     * @param length bytes of the file
     */
    public WofContent(StoredContent stored, ExternalCompression compression, long length) throws ImagingException {
        super(length);
        this.stored = stored;
        this.chunkSize = compression.chunkSize();
        this.table = new ChunkTable(stored, length, chunkSize);
        this.decompressor = compression.decompressor();
        this.chunk = new byte[chunkSize];
        window.limit(0);
    }

    @Override
    protected void fill(long offset, ByteBuffer target) throws ImagingException {
        long position = offset;
        while (target.hasRemaining()) {
            long index = position / chunkSize;
            if (index != kept) {
                expand(index);
            }
            int within = (int) (position % chunkSize);
            int part = Math.min(target.remaining(), chunkSize - within);
            target.put(chunk, within, part);
            position += part;
        }
    }

    private void expand(long index) throws ImagingException {
        int expected = (int) Math.min(chunkSize, length() - index * chunkSize);
        long from = table.offset(index);
        long length = table.offset(index + 1) - from;
        if (length < 1 || length > expected) {
            throw place(from).wrong(0, "chunk " + index + " has " + length + " bytes compressed, for " + expected);
        }
        boolean onwards = kept >= 0 && index == kept + 1;
        kept = -1;
        load(from, (int) length, onwards);
        int at = (int) (from - windowAt);
        if (length == expected) {
            window.get(at, chunk, 0, expected);
        } else {
            try {
                decompressor.decompress(window.array(), at, (int) length, chunk, expected);
            } catch (CompressedDataException e) {
                throw place(from + Math.min(e.position(), length - 1)).wrong(0, "chunk " + index + " is damaged: " + e.getMessage());
            }
        }
        kept = index;
    }

    /** Has these bytes of the stored data in the window; {@code onwards} more that follow, which will be asked for next. */
    private void load(long from, int length, boolean onwards) throws ImagingException {
        if (from >= windowAt && from + length <= windowAt + window.limit()) {
            return;
        }
        if (onwards) {
            try {
                read(from, (int) Math.min(WINDOW, stored.length() - from));
                return;
            } catch (DeviceException e) {
                // what is needed may stand before the place that cannot be read
                window.limit(0);
            }
        }
        read(from, length);
    }

    private void read(long from, int length) throws ImagingException {
        window.clear().limit(length);
        windowAt = from;
        boolean done = false;
        try {
            stored.read(from, window);
            done = true;
        } finally {
            window.limit(done ? length : 0);
        }
    }

    @Override
    public Place place(long position) {
        return stored.place(Math.max(0, Math.min(position, stored.length() - 1)));
    }
}
