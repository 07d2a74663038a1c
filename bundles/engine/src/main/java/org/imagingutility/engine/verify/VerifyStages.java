package org.imagingutility.engine.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.Extent;
import org.imagingutility.api.container.ChunkInfo;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.VerifyResult.Coverage;
import org.imagingutility.engine.frames.FrameDecoder;
import org.imagingutility.engine.frames.StoredFrame;
import org.imagingutility.engine.layout.ImagePart;
import org.imagingutility.engine.pipeline.Frame;
import org.imagingutility.engine.pipeline.Stages;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.progress.ProgressReporter;
import org.imagingutility.engine.read.InFlightTasks;
import org.imagingutility.engine.read.StructureWalk;

/**
 * Checks every chunk's structure and the frames of a sample. What is damaged or cannot be read is noted and does not stop
 * it, unless the log says so.
 */
final class VerifyStages implements Stages<StoredFrame, Optional<Damage>> {
    private final Plugins plugins;
    private final String image;
    private final InFlightTasks<StoredFrame> drawn = new InFlightTasks<>();
    private volatile ImageReader reader;
    private final FrameSample sample;
    private final long from;
    private final long to;
    private final DamageLog damages;
    private final ProgressReporter progress;
    private final int frameSize;
    private final MissProbability misses;
    private int nextChunk;
    private ChunkTable table;
    private List<FrameEntry> entries = List.of();
    private int nextEntry;
    private long framesBehind;
    private long structureBytes;
    private long framesChecked;
    private long storedBytesChecked;

    /** Creates the stages that check all of the structure, and those frames of the sample that {@code part} lies in. */
    VerifyStages(Plugins plugins, ImagePart part, ImageReader reader, FrameSample sample, DamageLog damages,
            ProgressReporter progress) {
        this.plugins = plugins;
        this.image = part.image();
        this.from = part.offset();
        this.to = part.end(reader.info().spec());
        this.reader = reader;
        this.sample = sample;
        this.damages = damages;
        this.progress = progress;
        this.frameSize = reader.info().spec().frameSize();
        this.misses = new MissProbability(reader.info().fileLength());
        this.structureBytes = reader.info().fileLength();
        for (int i = 0; i < reader.chunkCount(); i++) {
            structureBytes -= reader.chunk(i).fileLength();
        }
    }

    /** Resumes another reader of the same image, from the first frame on that is not done. Between two pipelines. */
    void reopened(ImageReader again) {
        reader = again;
        drawn.restart();
    }

    /** Returns how many frames are done. */
    long framesDone() {
        return drawn.doneCount();
    }

    @Override
    public StoredFrame next() throws ImagingException {
        StoredFrame again = damages.stopped() ? null : drawn.resubmit();
        return again != null ? again : drawn.drawn(nextFrame());
    }

    private StoredFrame nextFrame() throws ImagingException {
        while (!damages.stopped()) {
            while (nextEntry < entries.size()) {
                FrameEntry entry = entries.get(nextEntry++);
                StoredFrame task = new StoredFrame(table, entry, entry.frame().frameIndex() * frameSize);
                if (task.end() > from && task.offset() < to && sample.has(framesBehind + nextEntry - 1)) {
                    return task;
                }
                misses.skipped(entry.fileOffset(), entry.frame().storedLength());
            }
            if (nextChunk == reader.chunkCount()) {
                return null;
            }
            openChunk(nextChunk);
            if (nextChunk > 0) {
                // by the index, so that a chunk whose table is damaged counts as well
                framesBehind += reader.chunk(nextChunk - 1).frameCount();
            }
            nextChunk++;
        }
        return null;
    }

    @Override
    public void read(Frame<StoredFrame, Optional<Damage>> frame) throws ImagingException {
        int storedLength = frame.task().storedLength();
        if (storedLength > frame.stored().capacity()) {
            frame.result(Optional.of(damage(frame.task(), "is said to be stored as " + storedLength
                    + " bytes; the codec never needs more than " + frame.stored().capacity())));
            return;
        }
        frame.stored().clear().limit(storedLength);
        try {
            reader.readStored(frame.task().entry(), frame.stored());
        } catch (ImageReadException e) {
            frame.result(Optional.of(damage(frame.task(), "cannot be read: " + e.getMessage())));
            return;
        }
        frame.stored().flip();
    }

    @Override
    public Worker<StoredFrame, Optional<Damage>> newWorker() {
        FrameDecoder decoder = new FrameDecoder(plugins, image);
        return new Worker<>() {
            @Override
            public void work(Frame<StoredFrame, Optional<Damage>> frame) throws ImagingException {
                if (frame.result() == null) {
                    frame.result(check(decoder, frame));
                }
            }

            @Override
            public void close() {
                decoder.close();
            }
        };
    }

    @Override
    public void write(Frame<StoredFrame, Optional<Damage>> frame) throws CancelledException {
        if (frame.result().isPresent()) {
            stopIfInterrupted();
            damages.add(frame.result().get());
        }
        framesChecked++;
        storedBytesChecked += frame.task().storedLength();
        progress.done(frame.task().contentLength());
        drawn.done();
    }

    /** Damage that is found while a plug-in leaves may be none: the place is looked at again. */
    private void stopIfInterrupted() throws CancelledException {
        if (plugins.interrupted()) {
            throw new CancelledException("verifying");
        }
    }

    /** Returns what was looked at, when all is done: of each chunk that was opened all but the frames left out. */
    Coverage coverage(boolean fromMedium) {
        return new Coverage(framesChecked, sample.frameCount(), structureBytes + storedBytesChecked,
                damages.stopped() ? List.of() : misses.chances(), fromMedium);
    }

    /** Reads and checks a chunk's structure. Notes nothing unless it comes to its end, so that it can be done again. */
    private void openChunk(int index) throws ImagingException {
        ChunkInfo chunk = reader.chunk(index);
        List<Damage> found = new ArrayList<>();
        Optional<ChunkTable> read = StructureWalk.chunk(reader, index, found::add);
        if (!found.isEmpty()) {
            stopIfInterrupted();
            found.forEach(damages::add);
        }
        nextEntry = 0;
        if (read.isEmpty()) {
            entries = List.of();
            misses.skipped(chunk.fileOffset(), chunk.fileLength());
            return;
        }
        table = read.get();
        entries = table.frames();
        structureBytes += chunk.fileLength();
        for (FrameEntry entry : entries) {
            structureBytes -= entry.frame().storedLength();
        }
    }

    private Optional<Damage> check(FrameDecoder decoder, Frame<StoredFrame, Optional<Damage>> frame)
            throws ImagingException {
        return decoder.problem(frame.task(), frame.stored(), frame.content())
                .map(problem -> damage(frame.task(), problem));
    }

    private static Damage damage(StoredFrame task, String reason) {
        return new Damage(task.entry().fileOffset(), task.storedLength(),
                Optional.of(new Extent(task.offset(), task.contentLength())),
                "frame " + task.entry().frame().frameIndex() + ": " + reason);
    }
}
