package org.imagingutility.engine.repair;

import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.ChunkPlan;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.container.Salvaged;
import org.imagingutility.api.container.SalvagedImage;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.engine.plan.ChunkPlanner;

/**
 * The windows of a damaged image in device order: those with a frame and, where a new image is written, those that are lost,
 * as far as what is left is worth it: a few bytes of a damaged image can claim any number of windows. Those beyond the bound
 * are left out, like what was not in use. For one thread at a time.
 */
final class RepairTasks {
    private final SalvagedImage.Pass pass;
    private final ImageSpec spec;
    private final boolean withLost;
    private final LostRanges recordLoss;
    private ChunkPlan plan;
    private int codecWireId;
    private Iterator<FrameEntry> entries;
    private FrameEntry entry;
    private int extent;
    private long nextFrame;
    private long lostFrom;
    private long lostTo;
    private long framesLost;
    private long lostLeft;
    private final ExtentList.Builder leftOut = new ExtentList.Builder();

    /**
     * Creates the tasks.
     *
     * @param mostLost for how many lost windows there are tasks at most; 0 if nothing is written
     */
    RepairTasks(SalvagedImage.Pass pass, ImageSpec spec, long mostLost, LostRanges lost) {
        this.pass = pass;
        this.spec = spec;
        this.withLost = mostLost > 0;
        this.lostLeft = mostLost;
        this.recordLoss = lost;
    }

    /** Returns the next window, null at the end. */
    RepairTask next() throws ImagingException {
        while (true) {
            if (plan == null && !open()) {
                return null;
            }
            RepairTask task = nextOfPlan();
            if (task == null) {
                plan = null;
            } else if (task.entry() != null || withLost) {
                return task;
            }
        }
    }

    /** Returns how many windows no frame was found for. */
    long framesLost() {
        return framesLost;
    }

    /** Returns the lost ranges for which there were no tasks. */
    ExtentList leftOut() {
        return leftOut.build();
    }

    private boolean open() throws ImagingException {
        while (lostFrom == lostTo) {
            Salvaged part = pass.next();
            if (part == null) {
                return false;
            }
            if (part instanceof Salvaged.Chunk chunk) {
                Optional<ChunkPlan> affordable = affordable(chunk);
                if (affordable.isEmpty()) {
                    continue;
                }
                begin(affordable.get(), chunk.codecWireId(), chunk.frames().iterator());
                return true;
            }
            recordLoss((Salvaged.Lost) part);
        }
        long most = Math.min(spec.chunkSize(), (long) ChunkPlanner.MAX_FRAMES * spec.frameSize());
        long length = Math.min(most, lostTo - lostFrom);
        ExtentList all = new ExtentList.Builder().add(lostFrom, length).build();
        begin(new ChunkPlan(lostFrom, length, all), spec.codecWireId(), Collections.emptyIterator());
        lostFrom += length;
        return true;
    }

    /** Returns what is to be done of a chunk: all of it, or, if too much of it is lost, the windows that have a frame. */
    private Optional<ChunkPlan> affordable(Salvaged.Chunk chunk) {
        ExtentList extents = chunk.plan().extents();
        if (chunk.frames().isEmpty() && !withLost) {
            leaveOut(extents);
            return Optional.empty();
        }
        long missing = windows(extents) - chunk.frames().size();
        if (!withLost || missing <= lostLeft) {
            lostLeft -= withLost ? missing : 0;
            return Optional.of(chunk.plan());
        }
        ExtentList.Builder kept = new ExtentList.Builder();
        long position = chunk.plan().deviceOffset();
        for (FrameEntry frame : chunk.frames()) {
            long start = frame.frame().frameIndex() * spec.frameSize();
            leaveOut(extents.within(position, start - position));
            add(extents.within(start, frame.frame().contentLength()), kept);
            position = start + frame.frame().contentLength();
        }
        leaveOut(extents.within(position, chunk.plan().deviceOffset() + chunk.plan().deviceLength() - position));
        ExtentList rest = kept.build();
        return rest.count() == 0 ? Optional.empty()
                : Optional.of(new ChunkPlan(chunk.plan().deviceOffset(), chunk.plan().deviceLength(), rest));
    }

    private static void add(ExtentList ranges, ExtentList.Builder to) {
        for (int i = 0; i < ranges.count(); i++) {
            to.add(ranges.offset(i), ranges.length(i));
        }
    }

    private void recordLoss(Salvaged.Lost part) {
        ExtentList range = new ExtentList.Builder().add(part.device().offset(), part.device().length()).build();
        long windows = (part.device().length() - 1) / spec.frameSize() + 1;
        if (windows > lostLeft) {
            leaveOut(range);
            return;
        }
        lostLeft -= windows;
        lostFrom = part.device().offset();
        lostTo = part.device().end();
    }

    /** Counts lost windows for which there are no tasks. */
    private void leaveOut(ExtentList extents) {
        recordLoss.addMissing(extents);
        framesLost += windows(extents);
        if (withLost) {
            add(extents, leftOut);
        }
    }

    private long windows(ExtentList extents) {
        long count = 0;
        long last = -1;
        for (int i = 0; i < extents.count(); i++) {
            long first = Math.max(last + 1, extents.offset(i) / spec.frameSize());
            last = (extents.end(i) - 1) / spec.frameSize();
            count += last - first + 1;
        }
        return count;
    }

    private void begin(ChunkPlan newPlan, int codec, Iterator<FrameEntry> frames) {
        plan = newPlan;
        codecWireId = codec;
        entries = frames;
        entry = entries.hasNext() ? entries.next() : null;
        extent = 0;
        nextFrame = 0;
    }

    private RepairTask nextOfPlan() {
        ExtentList extents = plan.extents();
        while (extent < extents.count() && (extents.end(extent) - 1) / spec.frameSize() < nextFrame) {
            extent++;
        }
        if (extent == extents.count()) {
            return null;
        }
        long frameIndex = Math.max(nextFrame, extents.offset(extent) / spec.frameSize());
        nextFrame = frameIndex + 1;
        FrameEntry own = null;
        if (entry != null && entry.frame().frameIndex() == frameIndex) {
            own = entry;
            entry = entries.hasNext() ? entries.next() : null;
        }
        RepairTask task = new RepairTask(plan, codecWireId, own, frameIndex, frameIndex * spec.frameSize(),
                spec.contentLength(frameIndex));
        if (own == null) {
            recordLoss.addMissing(task.used());
            framesLost++;
        }
        return task;
    }
}
