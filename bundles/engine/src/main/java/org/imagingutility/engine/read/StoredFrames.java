package org.imagingutility.engine.read;

import java.util.Iterator;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.engine.frames.StoredFrame;

/** The frames of an image that touch a range of the device, in device order. For one thread at a time. */
public final class StoredFrames {
    private ImageReader reader;
    private final int frameSize;
    private final long from;
    private final long to;
    private int nextChunk;
    private ChunkTable table;
    private Iterator<FrameEntry> entries;

    /** Creates the frames that touch {@code [from, to)}. */
    public StoredFrames(ImageReader reader, long from, long to) {
        this.reader = reader;
        this.frameSize = reader.info().spec().frameSize();
        this.from = from;
        this.to = to;
        this.nextChunk = firstChunkEndingAfter(from);
    }

    /** Resumes another reader of the same image. */
    void reopened(ImageReader again) {
        reader = again;
    }

    /** Returns the next frame, null at the end. */
    StoredFrame next() throws ImagingException {
        while (true) {
            if (entries == null) {
                if (nextChunk == reader.chunkCount() || reader.chunk(nextChunk).deviceOffset() >= to) {
                    return null;
                }
                table = reader.table(nextChunk);
                nextChunk++;
                entries = table.frames().iterator();
            }
            while (entries.hasNext()) {
                FrameEntry entry = entries.next();
                StoredFrame task = new StoredFrame(table, entry, entry.frame().frameIndex() * frameSize);
                if (task.end() > from && task.offset() < to) {
                    return task;
                }
            }
            entries = null;
        }
    }

    private int firstChunkEndingAfter(long position) {
        int low = 0;
        int high = reader.chunkCount();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (reader.chunk(middle).deviceOffset() + reader.chunk(middle).deviceLength() > position) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
