package org.imagingutility.engine.plan;

import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.container.ChunkPlan;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;

/**
 * Divides the extents of a pass into chunks, one after another, in bounded memory. A chunk covers an aligned range of
 * {@code chunkSize} bytes of device; one with very many extents ends earlier, at a frame border, so that the memory of
 * a chunk's tables does not depend on the chunk size.
 *
 * <p>The same extents give the same chunks. For one thread.
 */
public final class ChunkPlanner implements AutoCloseable {
    /** Most extents of a chunk: 4 MiB of memory while it is planned. */
    public static final int MAX_EXTENTS = 262_144;
    /** Most frames of a chunk: a frame table of 4 MiB. */
    public static final int MAX_FRAMES = 65_536;
    private static final int SMALLEST_CLUSTER = 512;

    private final String device;
    private final ExtentCursor cursor;
    private final long from;
    private final long limit;
    private final int frameSize;
    private final long chunkSize;
    private final int extentsPerFrame;
    private long offset;
    private long end;
    private long lastEnd;
    private long nextChunkStart;

    /**
     * Creates a planner, which closes {@code cursor} when it is closed.
     *
     * @param device reference of the device, for messages
     * @param cursor the pass
     * @param limit bytes of device that are planned; what lies behind is left out
     * @param frameSize bytes of device in a frame
     * @param chunkSize bytes of device in a chunk, a multiple of {@code frameSize}
     */
    public ChunkPlanner(String device, ExtentCursor cursor, long limit, int frameSize, long chunkSize) {
        this(device, cursor, 0, limit, frameSize, chunkSize);
    }

    /**
     * Creates a planner that continues where the chunks of another one ended.
     *
     * @param from end of the last chunk there is: what lies before is left out
     */
    public ChunkPlanner(String device, ExtentCursor cursor, long from, long limit, int frameSize, long chunkSize) {
        this.device = device;
        this.cursor = cursor;
        this.limit = limit;
        this.frameSize = frameSize;
        this.chunkSize = Math.min(chunkSize, (long) MAX_FRAMES * frameSize);
        this.extentsPerFrame = frameSize / SMALLEST_CLUSTER;
        this.from = from;
        this.nextChunkStart = from;
    }

    /** Returns the next chunk that has data, null at the end. */
    public ChunkPlan next() throws ImagingException {
        if (!hasExtent()) {
            return null;
        }
        long alignedStart = offset - offset % chunkSize;
        long start = Math.max(alignedStart, nextChunkStart);
        long chunkEnd = alignedStart > limit - chunkSize ? limit : alignedStart + chunkSize;
        ExtentList.Builder extents = new ExtentList.Builder();
        long filledTo = start;
        while (hasExtent() && offset < chunkEnd) {
            long frameStart = offset - offset % frameSize;
            if (extents.count() > MAX_EXTENTS - extentsPerFrame && filledTo <= frameStart) {
                chunkEnd = frameStart;
                break;
            }
            long partEnd = Math.min(end, chunkEnd);
            extents.add(offset, partEnd - offset);
            filledTo = partEnd;
            offset = partEnd;
        }
        nextChunkStart = chunkEnd;
        return new ChunkPlan(start, chunkEnd - start, extents.build());
    }

    /** Makes {@code [offset, end)} the part of the current extent that is not yet planned; false if there is none. */
    private boolean hasExtent() throws ImagingException {
        if (offset < end) {
            return true;
        }
        do {
            if (!cursor.next()) {
                return false;
            }
            checkOrder(cursor.offset(), cursor.length());
            lastEnd = cursor.offset() + cursor.length();
        } while (lastEnd <= from);
        offset = Math.max(from, cursor.offset());
        end = Math.min(lastEnd, limit);
        return offset < end;
    }

    private void checkOrder(long begin, long length) throws FileSystemException {
        if (begin < lastEnd || length <= 0 || begin > Long.MAX_VALUE - length) {
            throw new FileSystemException(device, begin, "the allocator reports extents out of order: " + length
                    + " bytes here after an extent that ends at byte " + lastEnd, "image all blocks instead (--all-blocks)");
        }
    }

    @Override
    public void close() throws ImagingException {
        cursor.close();
    }
}
