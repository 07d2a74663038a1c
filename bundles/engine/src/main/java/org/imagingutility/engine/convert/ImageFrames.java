package org.imagingutility.engine.convert;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.Optional;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.engine.frames.FrameBuffers;
import org.imagingutility.engine.frames.FrameDecoder;
import org.imagingutility.engine.frames.StoredFrame;
import org.imagingutility.engine.plan.FrameSource;
import org.imagingutility.engine.plan.FrameTask;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.read.ChunkTableCache;

/**
 * The frames of an image as the source of another image, whose frames may be larger or smaller. Each is decoded, proven by
 * its digest and used once, from the first to the last: tasks must come in the order of the device. For one thread.
 */
final class ImageFrames implements FrameSource, AutoCloseable {
    private final String image;
    private final ImageReader reader;
    private final ChunkTableCache tables;
    private final int frameSize;
    private final FrameBuffers buffers;
    private final FrameDecoder decoder;
    private int nextChunk;
    private ChunkTable table;
    private Iterator<FrameEntry> entries;
    private StoredFrame current;
    private boolean decoded;

    ImageFrames(Plugins plugins, String image, ImageReader reader, ChunkTableCache tables) throws ImagingException {
        this.image = image;
        this.reader = reader;
        this.tables = tables;
        this.frameSize = reader.info().spec().frameSize();
        this.buffers = new FrameBuffers(plugins, frameSize, reader.info().spec().codecWireId(), image);
        this.decoder = new FrameDecoder(plugins, image);
    }

    @Override
    public ExtentList read(FrameTask task, ByteBuffer content) throws ImagingException {
        zero(content.clear().limit(task.contentLength()));
        ExtentList.Builder unreadable = null;
        while (findEndingAfter(task.offset()) && current.offset() < task.end()) {
            long from = Math.max(current.offset(), task.offset());
            long to = Math.min(current.end(), task.end());
            content.put((int) (from - task.offset()), content(), (int) (from - current.offset()), (int) (to - from));
            ExtentList lost = current.entry().frame().unreadable();
            if (lost.count() > 0) {
                unreadable = unreadable == null ? new ExtentList.Builder() : unreadable;
                ExtentList here = lost.within(from, to - from);
                for (int i = 0; i < here.count(); i++) {
                    unreadable.add(here.offset(i), here.length(i));
                }
            }
            if (current.end() > task.end()) {
                break;
            }
            current = null;
        }
        content.clear().limit(task.contentLength());
        return unreadable == null ? ExtentList.empty() : unreadable.build();
    }

    /** Returns the frame of the image that is the task's window as a whole; empty if there is none. Tasks come in order here, too. */
    Optional<StoredFrame> whole(FrameTask task) throws ImagingException {
        return findEndingAfter(task.offset()) && current.offset() == task.offset() && current.contentLength() == task.contentLength()
                ? Optional.of(current) : Optional.empty();
    }

    /** {@inheritDoc} Nothing waits. */
    @Override
    public void release() {
    }

    @Override
    public void close() {
        decoder.close();
    }

    private boolean findEndingAfter(long position) throws ImagingException {
        while (current == null || current.end() <= position) {
            while (entries == null || !entries.hasNext()) {
                if (nextChunk == reader.chunkCount()) {
                    return false;
                }
                table = tables.table(nextChunk++);
                entries = table.frames().iterator();
            }
            FrameEntry entry = entries.next();
            current = new StoredFrame(table, entry, entry.frame().frameIndex() * frameSize);
            decoded = false;
        }
        return true;
    }

    private ByteBuffer content() throws ImagingException {
        if (!decoded) {
            decoder.decode(current, buffers.readStored(reader, current, image), buffers.content());
            decoded = true;
        }
        return buffers.content();
    }

    private static void zero(ByteBuffer content) {
        while (content.remaining() >= Long.BYTES) {
            content.putLong(0);
        }
        while (content.hasRemaining()) {
            content.put((byte) 0);
        }
    }
}
