package org.imagingutility.engine.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.imagingutility.api.Extent;
import org.imagingutility.api.container.ChunkInfo;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.engine.frames.FrameBuffers;
import org.imagingutility.engine.frames.FrameDecoder;
import org.imagingutility.engine.frames.StoredFrame;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.progress.ProgressReporter;

/**
 * A walk through the whole structure of a complete image: all that lies outside its chunks, then of each chunk the table,
 * head, frame heads and gaps. {@code verify} checks chunks by {@link #chunk} as well, so that what passes here passes there.
 * For one thread.
 */
public final class StructureWalk {
    private final String image;
    private final ImageReader reader;
    private final JobMonitor monitor;
    private final FrameDecoder decoder;
    private final FrameBuffers buffers;

    /** Creates a walk; without {@code decoder} and {@code buffers} frames are not looked at. */
    private StructureWalk(String image, ImageReader reader, JobMonitor monitor, FrameDecoder decoder, FrameBuffers buffers) {
        this.image = image;
        this.reader = reader;
        this.monitor = monitor;
        this.decoder = decoder;
        this.buffers = buffers;
    }

    /**
     * Walks through an image; its frames are not looked at.
     *
     * @param remedy what the user can do if it is damaged
     * @throws ImageDamagedException if anything does not hold: the first such place
     */
    public static void requireSound(String image, ImageReader reader, JobMonitor monitor, String remedy) throws ImagingException {
        new StructureWalk(image, reader, monitor, null, null).require(remedy);
    }

    /** Walks through an image like the other, and decodes all of its frames: a verification in one thread. */
    public static void requireSoundWithFrames(Plugins plugins, String image, ImageReader reader, JobMonitor monitor,
            String remedy) throws ImagingException {
        ImageSpec spec = reader.info().spec();
        try (FrameDecoder decoder = new FrameDecoder(plugins, image)) {
            new StructureWalk(image, reader, monitor, decoder,
                    new FrameBuffers(plugins, spec.frameSize(), spec.codecWireId(), image)).require(remedy);
        }
    }

    private void require(String remedy) throws ImagingException {
        List<Damage> first = new ArrayList<>(1);
        long[] count = new long[1];
        run(damage -> {
            count[0]++;
            if (first.isEmpty()) {
                first.add(damage);
            }
        });
        if (count[0] > 0) {
            Damage damage = first.get(0);
            throw new ImageDamagedException(image, damage.fileOffset(), damage.reason()
                    + (count[0] == 1 ? "" : " (" + (count[0] - 1) + " more places are damaged)"), remedy);
        }
    }

    private void run(Consumer<Damage> damages) throws ImagingException {
        ProgressReporter progress = new ProgressReporter(monitor, "Checking", image, reader.info().fileLength());
        reader.checkStructure(damages);
        for (int i = 0; i < reader.chunkCount(); i++) {
            progress.checkpoint();
            Optional<ChunkTable> table = chunk(reader, i, damages);
            if (decoder != null && table.isPresent()) {
                frames(table.get(), damages, progress);
            }
            progress.done(reader.chunk(i).fileLength());
        }
        progress.end();
    }

    /**
     * Checks all of a chunk but the stored bytes of its frames.
     *
     * @param damages is told what does not hold
     * @return the table of the chunk; empty if it does not hold, so that all of the chunk is lost
     */
    public static Optional<ChunkTable> chunk(ImageReader reader, int index, Consumer<Damage> damages) throws ImagingException {
        ChunkInfo chunk = reader.chunk(index);
        ChunkTable table;
        try {
            table = reader.table(index);
        } catch (ImageDamagedException e) {
            damages.accept(lost(chunk, e.offset(), e.reason()));
            return Optional.empty();
        } catch (ImageReadException e) {
            damages.accept(lost(chunk, e.offset(), "cannot be read: " + e.getMessage()));
            return Optional.empty();
        }
        try {
            reader.checkChunk(table, damages);
        } catch (ImageReadException e) {
            // the table holds, so the frames can be checked all the same
            damages.accept(new Damage(Math.max(e.offset(), 0), 0, Optional.empty(), "chunk " + index + " cannot be read: "
                    + e.getMessage()));
        }
        return Optional.of(table);
    }

    private static Damage lost(ChunkInfo chunk, long offset, String reason) {
        return new Damage(offset < 0 ? chunk.fileOffset() : offset, 0,
                Optional.of(new Extent(chunk.deviceOffset(), chunk.deviceLength())),
                "chunk " + chunk.chunkIndex() + ": " + reason);
    }

    private void frames(ChunkTable table, Consumer<Damage> damages, ProgressReporter progress) throws ImagingException {
        for (FrameEntry entry : table.frames()) {
            progress.checkpoint();
            StoredFrame frame = new StoredFrame(table, entry, entry.frame().frameIndex() * reader.info().spec().frameSize());
            Optional<String> problem;
            try {
                problem = decoder.problem(frame, buffers.readStored(reader, frame, image), buffers.content());
            } catch (ImageDamagedException e) {
                problem = Optional.of(e.reason());
            } catch (ImageReadException e) {
                problem = Optional.of("cannot be read: " + e.getMessage());
            }
            problem.ifPresent(reason -> damages.accept(new Damage(entry.fileOffset(), frame.storedLength(),
                    Optional.of(new Extent(frame.offset(), frame.contentLength())),
                    "frame " + entry.frame().frameIndex() + ": " + reason)));
        }
    }
}
