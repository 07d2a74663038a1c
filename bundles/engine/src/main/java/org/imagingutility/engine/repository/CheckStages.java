package org.imagingutility.engine.repository;

import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.imagingutility.api.Digest;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.engine.frames.FrameDecoder;
import org.imagingutility.engine.frames.StoredFrame;
import org.imagingutility.engine.pipeline.Frame;
import org.imagingutility.engine.pipeline.Stages;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.progress.ProgressReporter;
import org.imagingutility.engine.repository.image.Repository;
import org.imagingutility.engine.repository.image.RepositoryReader;

/**
 * The check of the frames of one image. Workers do it all, so that as many requests are on their way as there are workers: the object of a
 * frame is looked up, and read and proven if it is chosen.
 */
final class CheckStages implements Stages<StoredFrame, CheckStages.Found> {
    private final Plugins plugins;
    private final Repository repository;
    private final RepositoryReader reader;
    private final Predicate<Digest> tables;
    private final Predicate<FrameInfo> chosen;
    private final Findings findings;
    private final ProgressReporter progress;
    /** Bytes in use of chunks that have no frames to be looked at. */
    private final AtomicLong passedOver = new AtomicLong();
    private int nextChunk;
    private ChunkTable table;
    private Iterator<FrameEntry> entries;

    /**
     * What was found of a frame.
     *
     * @param problem what is wrong with it, if something is
     * @param read whether it was read
     */
    record Found(Optional<String> problem, boolean read) {
    }

    /** Takes what is found. */
    interface Findings {
        /** A table cannot be read. Called by any thread. */
        void table(Digest digest, String reason);

        /** A frame was looked at; in the thread that runs the check. */
        void frame(FrameInfo frame, Found found) throws ImagingException;
    }

    /**
     * Creates the stages.
     *
     * @param tables says of a table whether its frames are to be looked at; asked by one thread at a time
     * @param chosen says of a frame whether it is to be read; asked by several threads at once
     */
    CheckStages(Plugins plugins, Repository repository, RepositoryReader reader, Predicate<Digest> tables, Predicate<FrameInfo> chosen,
            Findings findings, ProgressReporter progress) {
        this.plugins = plugins;
        this.repository = repository;
        this.reader = reader;
        this.tables = tables;
        this.chosen = chosen;
        this.findings = findings;
        this.progress = progress;
    }

    @Override
    public StoredFrame next() throws ImagingException {
        while (entries == null || !entries.hasNext()) {
            if (nextChunk == reader.chunkCount()) {
                return null;
            }
            open(nextChunk++);
        }
        FrameEntry entry = entries.next();
        return new StoredFrame(table, entry, entry.frame().frameIndex() * reader.info().spec().frameSize());
    }

    private void open(int index) throws ImagingException {
        Digest digest = reader.chunk(index).digest();
        entries = null;
        if (tables.test(digest)) {
            try {
                table = reader.table(index);
                entries = table.frames().iterator();
                return;
            } catch (ImageDamagedException | ImageReadException e) {
                stopIfInterrupted();
                findings.table(digest, e.getMessage());
            }
        }
        passedOver.addAndGet(reader.usedBytes(index));
    }

    @Override
    public void read(Frame<StoredFrame, Found> frame) {
        // a worker reads what has to be read
    }

    @Override
    public Worker<StoredFrame, Found> newWorker() {
        FrameDecoder decoder = new FrameDecoder(plugins, repository.reference());
        return new Worker<>() {
            @Override
            public void work(Frame<StoredFrame, Found> frame) throws ImagingException {
                frame.result(check(decoder, frame));
            }

            @Override
            public void close() {
                decoder.close();
            }
        };
    }

    private Found check(FrameDecoder decoder, Frame<StoredFrame, Found> frame) throws ImagingException {
        StoredFrame task = frame.task();
        FrameInfo info = task.entry().frame();
        Optional<Long> length = repository.frameLength(info);
        if (length.isEmpty()) {
            return new Found(Optional.of("is missing"), false);
        }
        if (length.get() != info.storedLength()) {
            return new Found(Optional.of("has " + length.get() + " bytes"), false);
        }
        if (!chosen.test(info)) {
            return new Found(Optional.empty(), false);
        }
        if (info.storedLength() > frame.stored().capacity()) {
            return new Found(Optional.of("has " + info.storedLength() + " bytes; the codec never needs more than " + frame.stored().capacity()),
                    false);
        }
        frame.stored().clear().limit(info.storedLength());
        try {
            reader.readStored(task.entry(), frame.stored());
        } catch (ImageDamagedException | ImageReadException e) {
            return new Found(Optional.of(e.getMessage()), true);
        }
        return new Found(decoder.problem(task, frame.stored().flip(), frame.content()), true);
    }

    @Override
    public void write(Frame<StoredFrame, Found> frame) throws ImagingException {
        if (frame.result().problem().isPresent()) {
            stopIfInterrupted();
        }
        StoredFrame task = frame.task();
        findings.frame(task.entry().frame(), frame.result());
        progress.done(task.table().extents().within(task.offset(), task.contentLength()).totalLength() + passedOver.getAndSet(0));
    }

    /** Damage that is found while a plug-in leaves may be none: all is looked at again. */
    private void stopIfInterrupted() throws CancelledException {
        if (plugins.interrupted()) {
            throw new CancelledException("checking");
        }
    }
}
