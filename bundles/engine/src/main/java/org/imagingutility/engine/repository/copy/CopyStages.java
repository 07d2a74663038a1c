package org.imagingutility.engine.repository.copy;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.imagingutility.api.Digest;
import org.imagingutility.api.container.ChunkPlan;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.container.ImageWriter;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.engine.frames.FrameDecoder;
import org.imagingutility.engine.frames.StoredFrame;
import org.imagingutility.engine.pipeline.Frame;
import org.imagingutility.engine.pipeline.Stages;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.progress.ProgressReporter;
import org.imagingutility.engine.repository.image.RepositoryFile;
import org.imagingutility.engine.sink.FrameSink;

/**
 * From an image of one repository into the same of another. Workers do it all, so that as many requests are on their way as there are
 * workers: a frame is looked up there; if it is not there, it is read here, proven, and stored as it is.
 */
final class CopyStages implements Stages<CopiedFrame, FrameInfo> {
    private final Plugins plugins;
    private final String image;
    private final ImageReader reader;
    private final ImageWriter writer;
    private final RepositoryFile target;
    private final ProgressReporter progress;
    /** Digests of tables all of whose frames are known to be there as they are here. */
    private final Set<Digest> complete;
    private final LongAdder framesSent = new LongAdder();
    private final LongAdder bytesSent = new LongAdder();
    /** For the writer: what it is told of is stored already. */
    private final ByteBuffer nothing = ByteBuffer.allocate(0);
    private int nextChunk;
    private ChunkTable table;
    private ChunkPlan plan;
    private boolean known;
    private Iterator<FrameEntry> entries;
    private ChunkPlan openPlan;
    private Digest openTable;
    private boolean asHere;
    private long framesWritten;

    CopyStages(Plugins plugins, String image, ImageReader reader, ImageWriter writer, RepositoryFile target, ProgressReporter progress,
            Set<Digest> complete) {
        this.plugins = plugins;
        this.image = image;
        this.reader = reader;
        this.writer = writer;
        this.target = target;
        this.progress = progress;
        this.complete = complete;
    }

    long framesWritten() {
        return framesWritten;
    }

    long framesSent() {
        return framesSent.sum();
    }

    long bytesSent() {
        return bytesSent.sum();
    }

    @Override
    public CopiedFrame next() throws ImagingException {
        while (entries == null || !entries.hasNext()) {
            if (nextChunk == reader.chunkCount()) {
                return null;
            }
            table = reader.table(nextChunk++);
            plan = new ChunkPlan(table.chunk().deviceOffset(), table.chunk().deviceLength(), table.extents());
            known = complete.contains(table.chunk().digest());
            entries = table.frames().iterator();
        }
        FrameEntry entry = entries.next();
        return new CopiedFrame(plan, new StoredFrame(table, entry, entry.frame().frameIndex() * reader.info().spec().frameSize()), known);
    }

    @Override
    public void read(Frame<CopiedFrame, FrameInfo> frame) {
        // a worker reads what has to be read
    }

    @Override
    public Worker<CopiedFrame, FrameInfo> newWorker() {
        FrameDecoder decoder = new FrameDecoder(plugins, image);
        return new Worker<>() {
            @Override
            public void work(Frame<CopiedFrame, FrameInfo> frame) throws ImagingException {
                FrameInfo info = frame.task().frame().entry().frame();
                if (frame.task().known() && target.refer(info)) {
                    frame.result(info);
                    return;
                }
                Optional<FrameInfo> found = target.find(info);
                frame.result(found.isPresent() ? found.get() : send(decoder, frame));
            }

            @Override
            public void close() {
                decoder.close();
            }
        };
    }

    private FrameInfo send(FrameDecoder decoder, Frame<CopiedFrame, FrameInfo> frame) throws ImagingException {
        StoredFrame task = frame.task().frame();
        if (task.storedLength() > frame.stored().capacity()) {
            throw new ImageDamagedException(image, task.entry().fileOffset(), "frame " + task.entry().frame().frameIndex()
                    + " is said to be stored as " + task.storedLength() + " bytes; the codec never needs more than "
                    + frame.stored().capacity(), null);
        }
        frame.stored().clear().limit(task.storedLength());
        reader.readStored(task.entry(), frame.stored());
        frame.stored().flip();
        decoder.decode(task, frame.stored(), frame.content());
        // frames that are alike may be on their way at once; one of them is stored
        FrameSink.Kept kept = target.keep(task.entry().frame(), frame.stored());
        if (kept.stored()) {
            framesSent.increment();
            bytesSent.add(kept.frame().storedLength());
        }
        return kept.frame();
    }

    @Override
    public void write(Frame<CopiedFrame, FrameInfo> frame) throws ImagingException {
        CopiedFrame task = frame.task();
        if (task.plan() != openPlan) {
            endChunk();
            openPlan = task.plan();
            openTable = task.frame().table().chunk().digest();
            asHere = true;
            writer.beginChunk(openPlan);
        }
        FrameInfo result = frame.result();
        asHere &= result.equals(task.frame().entry().frame());
        writer.writeFrame(result, nothing);
        framesWritten++;
        progress.done(openPlan.extents().within(task.frame().offset(), task.frame().contentLength()).totalLength());
    }

    /** Ends the last chunk; called when all frames are written. */
    void endChunk() throws ImagingException {
        if (openPlan != null) {
            writer.endChunk();
            openPlan = null;
            if (asHere) {
                complete.add(openTable);
            }
        }
    }
}
