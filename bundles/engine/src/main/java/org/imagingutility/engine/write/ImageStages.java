package org.imagingutility.engine.write;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.ChunkPlan;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.container.ImageWriter;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.engine.frames.FrameEncoder;
import org.imagingutility.engine.frames.LinearHashes;
import org.imagingutility.engine.pipeline.Frame;
import org.imagingutility.engine.pipeline.Stages;
import org.imagingutility.engine.plan.FrameSource;
import org.imagingutility.engine.plan.FrameTask;
import org.imagingutility.engine.plan.FrameTasks;
import org.imagingutility.engine.progress.ProgressReporter;
import org.imagingutility.engine.sink.FrameSink;

/** From the device into the image: read, test for zeros, digest, compress, write. */
public final class ImageStages implements Stages<FrameTask, FrameInfo> {
    private final FrameTasks tasks;
    private final FrameSource source;
    private final ImageSettings settings;
    private final ImageWriter writer;
    private final LinearHashes linearHashes;
    private final ProgressReporter progress;
    private final Optional<ResumedChunk> resumed;
    private final UnreadableLog unreadableLog;
    /** What readers could not read, by frame, until a worker takes it over; nearly always empty. */
    private final Map<Long, ExtentList> unreadable = new ConcurrentHashMap<>();
    /** Null for an image that has the frames in itself. */
    private FrameSink sink;
    private ChunkPlan openChunk;
    private long framesWritten;

    /** Creates the stages; {@code resumed} is the chunk that {@code writer} is in, if it is in one. */
    public ImageStages(FrameTasks tasks, FrameSource source, ImageSettings settings, ImageWriter writer,
            LinearHashes linearHashes, ProgressReporter progress, UnreadableLog unreadableLog, Optional<ResumedChunk> resumed) {
        this.tasks = tasks;
        this.source = source;
        this.settings = settings;
        this.writer = writer;
        this.linearHashes = linearHashes;
        this.progress = progress;
        this.unreadableLog = unreadableLog;
        this.resumed = resumed;
        this.openChunk = resumed.map(ResumedChunk::plan).orElse(null);
    }

    /** Has frames looked for and kept in {@code file}, where it keeps them by their content, before the writer is given them. */
    public ImageStages into(ImageFile file) {
        sink = file instanceof FrameSink keeper ? keeper : null;
        return this;
    }

    /** Returns how many frames were written. */
    public long framesWritten() {
        return framesWritten;
    }

    @Override
    public FrameTask next() throws ImagingException {
        return tasks.next();
    }

    @Override
    public void read(Frame<FrameTask, FrameInfo> frame) throws ImagingException {
        ExtentList failed = source.read(frame.task(), frame.content());
        if (failed.count() > 0) {
            unreadable.put(frame.task().frameIndex(), failed);
        }
    }

    @Override
    public Worker<FrameTask, FrameInfo> newWorker() throws ImagingException {
        return new Compressing();
    }

    @Override
    public long workerMemory() {
        return settings.codec().compressorMemory(settings.level(), tasks.frameSize());
    }

    @Override
    public void write(Frame<FrameTask, FrameInfo> frame) throws ImagingException {
        FrameTask task = frame.task();
        if (task.chunk() != openChunk) {
            endChunk();
            openChunk = task.chunk();
            writer.beginChunk(openChunk);
        }
        writer.writeFrame(frame.result(), frame.stored());
        framesWritten++;
        unreadableLog.add(frame.result().unreadable());
        linearHashes.add(task.offset(), frame.content());
        progress.done(task.usedBytes());
    }

    @Override
    public void abort() {
        source.release();
    }

    /** Ends the last chunk; called when all frames are written. */
    public void endChunk() throws ImagingException {
        if (openChunk != null) {
            writer.endChunk();
            openChunk = null;
        }
    }

    /** One worker. */
    private final class Compressing implements Worker<FrameTask, FrameInfo> {
        private FrameEncoder encoder;
        private boolean encodesBegun;

        @Override
        public void work(Frame<FrameTask, FrameInfo> frame) throws ImagingException {
            chooseEncoder(frame.task().chunk());
            long frameIndex = frame.task().frameIndex();
            ExtentList failed = unreadable.isEmpty() ? null : unreadable.remove(frameIndex);
            ExtentList lacking = failed == null ? ExtentList.empty() : failed;
            frame.result(sink == null ? encoder.encode(frameIndex, frame.content(), frame.stored(), lacking)
                    : encoder.encodeInto(sink, frameIndex, frame.content(), frame.stored(), lacking));
        }

        /** The rest of a chunk that was there before is made with the codec and level of its first frames. */
        private void chooseEncoder(ChunkPlan chunk) throws ImagingException {
            boolean inResumed = resumed.isPresent() && resumed.get().plan() == chunk;
            if (encoder == null || inResumed != encodesBegun) {
                close();
                encoder = new FrameEncoder(inResumed ? resumed.get().codec().newCompressor(resumed.get().level())
                        : settings.codec().newCompressor(settings.level()));
                encodesBegun = inResumed;
            }
        }

        @Override
        public void close() {
            if (encoder != null) {
                encoder.close();
                encoder = null;
            }
        }
    }
}
