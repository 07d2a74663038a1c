package org.imagingutility.engine.convert;

import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.engine.progress.ProgressReporter;
import org.imagingutility.engine.read.ChunkTableCache;

/** What an image says is in use, chunk by chunk; extents that touch at a chunk's border become one. For one thread. */
final class ImageExtents implements ExtentCursor {
    private final ImageReader reader;
    private final ChunkTableCache tables;
    private final JobMonitor monitor;
    private int nextChunk;
    private ExtentList extents = ExtentList.empty();
    private int index;
    private long offset;
    private long end;

    ImageExtents(ImageReader reader, ChunkTableCache tables, JobMonitor monitor) {
        this.reader = reader;
        this.tables = tables;
        this.monitor = monitor;
    }

    @Override
    public boolean next() throws ImagingException {
        if (!load()) {
            return false;
        }
        offset = extents.offset(index);
        end = extents.end(index++);
        while (load() && extents.offset(index) == end) {
            end = extents.end(index++);
        }
        return true;
    }

    private boolean load() throws ImagingException {
        while (index == extents.count()) {
            if (nextChunk == reader.chunkCount()) {
                return false;
            }
            ProgressReporter.stopIfCancelled(monitor, "converting");
            extents = tables.table(nextChunk++).extents();
            index = 0;
        }
        return true;
    }

    @Override
    public long offset() {
        return offset;
    }

    @Override
    public long length() {
        return end - offset;
    }

    /** {@inheritDoc} Nothing is held: the tables are the caller's. */
    @Override
    public void close() {
        extents = ExtentList.empty();
        nextChunk = reader.chunkCount();
        index = 0;
    }
}
