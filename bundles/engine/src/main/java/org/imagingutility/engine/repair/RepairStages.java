package org.imagingutility.engine.repair;

import java.util.Optional;
import org.imagingutility.api.Extent;
import org.imagingutility.api.container.ChunkPlan;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.container.ImageWriter;
import org.imagingutility.api.container.SalvagedImage;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.engine.frames.LinearHashes;
import org.imagingutility.engine.pipeline.Frame;
import org.imagingutility.engine.pipeline.Stages;

/**
 * From a damaged image into a new one, or to nowhere: each frame is read, decoded and compared with its digest; those that
 * hold are passed on as they are stored, the others become zeros that are recorded as unreadable.
 */
final class RepairStages implements Stages<RepairTask, RepairStages.Outcome> {
    /**
     * What came of a frame.
     *
     * @param frame what is to be written; null if nothing is
     * @param problem what does not hold; null if all does
     */
    record Outcome(FrameInfo frame, String problem) {
    }

    private final SalvagedImage image;
    private final RepairTasks tasks;
    private final RepairWorker.Factory workers;
    private final Optional<ImageWriter> writer;
    private final RepairLog damages;
    private final LostRanges lost;
    private final LinearHashes hashes;
    private final RepairProgress progress;
    private ChunkPlan openChunk;
    private long framesKept;
    private long framesDamaged;

    RepairStages(SalvagedImage image, RepairTasks tasks, RepairWorker.Factory workers, Optional<ImageWriter> writer,
            RepairLog damages, LostRanges lost, LinearHashes hashes, RepairProgress progress) {
        this.image = image;
        this.tasks = tasks;
        this.workers = workers;
        this.writer = writer;
        this.damages = damages;
        this.lost = lost;
        this.hashes = hashes;
        this.progress = progress;
    }

    @Override
    public RepairTask next() throws ImagingException {
        return tasks.next();
    }

    @Override
    public void read(Frame<RepairTask, Outcome> frame) throws ImagingException {
        RepairTask task = frame.task();
        if (task.entry() == null) {
            return;
        }
        if (task.storedLength() > frame.stored().capacity()) {
            frame.result(new Outcome(null, "is said to be stored as " + task.storedLength() + " bytes"));
            return;
        }
        frame.stored().clear().limit(task.storedLength());
        try {
            image.readStored(task.entry(), frame.stored());
            frame.stored().flip();
        } catch (ImageReadException e) {
            frame.result(new Outcome(null, "cannot be read: " + e.getMessage()));
        }
    }

    @Override
    public Worker<RepairTask, Outcome> newWorker() throws ImagingException {
        return workers.create();
    }

    @Override
    public void write(Frame<RepairTask, Outcome> frame) throws ImagingException {
        RepairTask task = frame.task();
        Outcome outcome = frame.result();
        if (outcome.problem() != null) {
            framesDamaged++;
            lost.addDamaged(task.used());
            damages.add(new Damage(task.entry().fileOffset(), task.storedLength(),
                    Optional.of(new Extent(task.offset(), task.contentLength())),
                    "frame " + task.frameIndex() + ": " + outcome.problem()));
        } else if (task.entry() != null) {
            framesKept++;
            hashes.add(task.offset(), frame.content());
        }
        if (writer.isPresent()) {
            if (task.plan() != openChunk) {
                endChunk();
                openChunk = task.plan();
                writer.get().beginChunk(openChunk);
            }
            writer.get().writeFrame(outcome.frame(), frame.stored());
        }
        progress.done(task.storedLength());
    }

    /** Ends the last chunk; called when all frames are written. */
    void endChunk() throws ImagingException {
        if (openChunk != null) {
            writer.orElseThrow().endChunk();
            openChunk = null;
        }
    }

    long framesKept() {
        return framesKept;
    }

    /** Returns how many frames were found and do not hold. */
    long framesDamaged() {
        return framesDamaged;
    }
}
