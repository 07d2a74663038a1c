package org.imagingutility.engine.repair;

import java.util.Collections;
import java.util.Iterator;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.ChunkPlan;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.container.Salvaged;
import org.imagingutility.api.container.SalvagedImage;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.engine.plan.ChunkPlanner;

/**
 * The windows of a damaged image in device order: those with a frame and, where a new image is written, those that are lost.
 * For one thread at a time.
 */
final class RepairTasks {
    /** Lost windows take room in a new image: more than these are refused before it is filled with them. */
    private static final long MOST_LOST = 1L << 28;

    private final SalvagedImage.Pass pass;
    private final ImageSpec spec;
    private final boolean withLost;
    private final LostRanges lost;
    private ChunkPlan plan;
    private int codecWireId;
    private Iterator<FrameEntry> entries;
    private FrameEntry entry;
    private int extent;
    private long nextFrame;
    private long lostFrom;
    private long lostTo;
    private long framesLost;

    RepairTasks(SalvagedImage.Pass pass, ImageSpec spec, boolean withLost, LostRanges lost) {
        this.pass = pass;
        this.spec = spec;
        this.withLost = withLost;
        this.lost = lost;
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

    private boolean open() throws ImagingException {
        while (lostFrom == lostTo) {
            Salvaged part = pass.next();
            if (part == null) {
                return false;
            }
            if (part instanceof Salvaged.Chunk chunk) {
                if (chunk.frames().isEmpty() && !withLost) {
                    skip(chunk.plan().extents());
                    continue;
                }
                begin(chunk.plan(), chunk.codecWireId(), chunk.frames().iterator());
                return true;
            }
            lost((Salvaged.Lost) part);
        }
        long most = Math.min(spec.chunkSize(), (long) ChunkPlanner.MAX_FRAMES * spec.frameSize());
        long length = Math.min(most, lostTo - lostFrom);
        ExtentList all = new ExtentList.Builder().add(lostFrom, length).build();
        begin(new ChunkPlan(lostFrom, length, all), spec.codecWireId(), Collections.emptyIterator());
        lostFrom += length;
        return true;
    }

    private void lost(Salvaged.Lost part) throws UsageException {
        ExtentList range = new ExtentList.Builder().add(part.device().offset(), part.device().length()).build();
        if (!withLost) {
            skip(range);
            return;
        }
        long windows = (part.device().length() - 1) / spec.frameSize() + 1;
        if (windows > MOST_LOST - framesLost) {
            throw new UsageException("what is lost takes more than " + MOST_LOST + " frames of " + spec.frameSize()
                    + " bytes: a new image of that would be larger than what is left is worth",
                    "look at what is left without --out");
        }
        lostFrom = part.device().offset();
        lostTo = part.device().end();
    }

    private void skip(ExtentList extents) {
        lost.addMissing(extents);
        long last = -1;
        for (int i = 0; i < extents.count(); i++) {
            long first = Math.max(last + 1, extents.offset(i) / spec.frameSize());
            last = (extents.end(i) - 1) / spec.frameSize();
            framesLost += last - first + 1;
        }
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
            lost.addMissing(task.used());
            framesLost++;
        }
        return task;
    }
}
