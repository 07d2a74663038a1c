package org.imagingutility.export.disk;

import java.nio.ByteBuffer;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.export.VirtualDiskSpec;
import org.imagingutility.api.export.VirtualDiskWriter;
import org.imagingutility.api.store.ImageFile;

/**
 * A disk whose file has a place for each block that holds something. Hands on what is not zero, in pieces that lie in one
 * block, in the order of the disk. For one thread.
 */
abstract class BlockDisk implements VirtualDiskWriter {
    /** Zeros are looked for in pieces of this many bytes; smaller ones are not worth a hole in a file. */
    static final int GRANULE = 64 << 10;

    private final ImageFile file;
    private final long deviceLength;
    private final long diskLength;
    private final long blockSize;
    private long writtenTo;
    private boolean closed;

    /**
     * Begins a disk.
     *
     * @param sector the disk has a whole number of sectors of this many bytes
     * @param blockSize bytes of a block, a power of two and at least {@link #GRANULE}
     */
    BlockDisk(ImageFile file, VirtualDiskSpec spec, int sector, long blockSize) {
        this.file = file;
        this.deviceLength = spec.deviceLength();
        this.diskLength = multiple(deviceLength, sector);
        this.blockSize = blockSize;
    }

    /** Returns {@code value} rounded up to a multiple of {@code unit}. */
    static long multiple(long value, long unit) {
        return Math.multiplyExact(Math.addExact(value, unit - 1) / unit, unit);
    }

    final ImageFile file() {
        return file;
    }

    @Override
    public final long diskLength() {
        return diskLength;
    }

    @Override
    public final void write(long offset, ByteBuffer content) throws ImagingException {
        check(offset, content.remaining());
        int limit = content.limit();
        long base = offset - content.position();
        writtenTo = offset + content.remaining();
        try {
            for (int begin = content.position(); begin < limit; ) {
                int end = granuleEnd(base, begin, limit);
                if (!zero(content, begin, end)) {
                    long blockEnd = multiple(base + begin + 1, blockSize) - base;
                    while (end < limit && end < blockEnd && !zero(content, end, granuleEnd(base, end, limit))) {
                        end = granuleEnd(base, end, limit);
                    }
                    put(base + begin, content.limit(end).position(begin));
                }
                content.limit(limit);
                begin = end;
            }
        } finally {
            content.limit(limit);
        }
        content.position(limit);
    }

    /**
     * Stores a piece that lies in one block and does not hold zeros only. The pieces come in ascending order.
     *
     * @param offset first byte on the disk
     */
    abstract void put(long offset, ByteBuffer piece) throws ImagingException;

    /** Writes what belongs to the file beside the blocks. */
    abstract void complete() throws ImagingException;

    @Override
    public final void finish() throws ImagingException {
        checkOpen();
        complete();
    }

    @Override
    public final void close() {
        closed = true;
    }

    private static int granuleEnd(long base, int begin, int limit) {
        return (int) Math.min(limit, multiple(base + begin + 1, GRANULE) - base);
    }

    private static boolean zero(ByteBuffer content, int begin, int end) {
        int at = begin;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            if (content.getLong(at) != 0) {
                return false;
            }
        }
        for (; at < end; at++) {
            if (content.get(at) != 0) {
                return false;
            }
        }
        return true;
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the virtual disk is closed");
        }
    }

    private void check(long offset, int bytes) {
        checkOpen();
        if (offset < writtenTo || bytes > deviceLength - offset) {
            throw new IllegalArgumentException("bytes " + offset + "+" + bytes + " after byte " + writtenTo
                    + " of a device of " + deviceLength);
        }
    }
}
