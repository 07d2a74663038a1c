package org.imagingutility.engine.job;

import java.util.Iterator;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.imagingutility.api.Extent;
import org.imagingutility.api.container.ChunkInfo;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.engine.pipeline.Frame;
import org.imagingutility.engine.pipeline.Stages;
import org.imagingutility.engine.plugin.Plugins;

/** Checks every chunk's structure and the frames of the chosen ones; damage is noted and does not stop it. */
final class VerifyStages implements Stages<StoredTask, Optional<Damage>> {
    private final Plugins plugins;
    private final String image;
    private final ImageReader reader;
    private final IntPredicate chosen;
    private final DamageLog damages;
    private final JobPulse pulse;
    private final int frameSize;
    private int nextChunk;
    private ChunkTable table;
    private Iterator<FrameEntry> entries;
    private long storedBytesSeen;
    private long framesChecked;
    private long storedBytesChecked;

    VerifyStages(Plugins plugins, String image, ImageReader reader, IntPredicate chosen, DamageLog damages,
            JobPulse pulse) {
        this.plugins = plugins;
        this.image = image;
        this.reader = reader;
        this.chosen = chosen;
        this.damages = damages;
        this.pulse = pulse;
        this.frameSize = reader.info().spec().frameSize();
    }

    @Override
    public StoredTask next() throws ImagingException {
        while (entries == null || !entries.hasNext()) {
            if (nextChunk == reader.chunkCount()) {
                return null;
            }
            entries = openChunk(nextChunk++);
        }
        FrameEntry entry = entries.next();
        return new StoredTask(table, entry, entry.frame().frameIndex() * frameSize);
    }

    @Override
    public void read(Frame<StoredTask, Optional<Damage>> frame) throws ImagingException {
        int storedLength = frame.task().storedLength();
        if (storedLength > frame.stored().capacity()) {
            frame.result(Optional.of(damage(frame.task(), "is said to be stored as " + storedLength
                    + " bytes; the codec never needs more than " + frame.stored().capacity())));
            return;
        }
        frame.stored().clear().limit(storedLength);
        reader.readStored(frame.task().entry(), frame.stored());
        frame.stored().flip();
    }

    @Override
    public Worker<StoredTask, Optional<Damage>> newWorker() {
        FrameDecoder decoder = new FrameDecoder(plugins, image);
        return new Worker<>() {
            @Override
            public void work(Frame<StoredTask, Optional<Damage>> frame) throws ImagingException {
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
    public void write(Frame<StoredTask, Optional<Damage>> frame) {
        frame.result().ifPresent(damages::add);
        framesChecked++;
        storedBytesChecked += frame.task().storedLength();
        pulse.done(frame.task().contentLength());
    }

    long framesChecked() {
        return framesChecked;
    }

    /** Returns how many bytes of the file were looked at: all but the stored bytes of frames left out. */
    long bytesChecked() {
        return reader.info().fileLength() - storedBytesSeen + storedBytesChecked;
    }

    private Iterator<FrameEntry> openChunk(int index) throws ImagingException {
        try {
            table = reader.table(index);
        } catch (ImageDamagedException e) {
            ChunkInfo chunk = reader.chunk(index);
            damages.add(new Damage(e.offset(), 0, Optional.of(new Extent(chunk.deviceOffset(), chunk.deviceLength())),
                    "chunk " + index + ": " + e.reason()));
            storedBytesSeen += chunk.fileLength();
            return null;
        }
        reader.checkChunk(table, damages::add);
        for (FrameEntry entry : table.frames()) {
            storedBytesSeen += entry.frame().storedLength();
        }
        return chosen.test(index) ? table.frames().iterator() : null;
    }

    private Optional<Damage> check(FrameDecoder decoder, Frame<StoredTask, Optional<Damage>> frame)
            throws ImagingException {
        return decoder.problem(frame.task(), frame.stored(), frame.content())
                .map(problem -> damage(frame.task(), problem));
    }

    private static Damage damage(StoredTask task, String reason) {
        return new Damage(task.entry().fileOffset(), task.storedLength(),
                Optional.of(new Extent(task.offset(), task.contentLength())),
                "frame " + task.entry().frame().frameIndex() + ": " + reason);
    }
}
