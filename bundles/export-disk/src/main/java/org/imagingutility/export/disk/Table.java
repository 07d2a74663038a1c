package org.imagingutility.export.disk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.LongUnaryOperator;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.store.ImageFile;

/** A table in a file, written from its first entry to its last with one page of it in memory. For one thread. */
final class Table {
    private static final int PAGE_SIZE = 64 << 10;

    private final ImageFile file;
    private final long entries;
    private final int entrySize;
    private final LongUnaryOperator unset;
    private final ByteBuffer page;
    private long pageOffset;
    private long next;

    /**
     * Begins a table.
     *
     * @param fileOffset where its first entry stands
     * @param entries how many it has
     * @param entrySize bytes of one: 2, 4 or 8
     * @param unset what stands in an entry that is not set, by its number
     */
    Table(ImageFile file, long fileOffset, long entries, int entrySize, ByteOrder order, LongUnaryOperator unset) {
        this.file = file;
        this.pageOffset = fileOffset;
        this.entries = entries;
        this.entrySize = entrySize;
        this.unset = unset;
        this.page = ByteBuffer.allocateDirect((int) Math.min(PAGE_SIZE, Math.multiplyExact(entries, entrySize))).order(order);
    }

    /** Sets entry {@code index}, which comes after the one that was set last. */
    void set(long index, long value) throws ImagingException {
        if (index < next || index >= entries) {
            throw new IllegalArgumentException("entry " + index + " of " + entries + " after " + (next - 1));
        }
        skipTo(index);
        put(value);
    }

    /** Writes what is left of the table. */
    void finish() throws ImagingException {
        skipTo(entries);
        flush();
    }

    private void skipTo(long index) throws ImagingException {
        while (next < index) {
            put(unset.applyAsLong(next));
        }
    }

    private void put(long value) throws ImagingException {
        if (page.remaining() < entrySize) {
            flush();
        }
        switch (entrySize) {
            case Short.BYTES -> page.putShort((short) value);
            case Integer.BYTES -> page.putInt((int) value);
            default -> page.putLong(value);
        }
        next++;
    }

    private void flush() throws ImagingException {
        page.flip();
        int bytes = page.remaining();
        if (bytes > 0) {
            file.write(pageOffset, page);
        }
        pageOffset += bytes;
        page.clear();
    }
}
