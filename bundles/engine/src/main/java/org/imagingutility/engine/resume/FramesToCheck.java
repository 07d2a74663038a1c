package org.imagingutility.engine.resume;

import java.util.SortedSet;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.engine.plan.FrameTask;

/** The frames of an unfinished image that are to be looked at, in device order. For one thread at a time. */
final class FramesToCheck {
    private final UnfinishedChunks image;
    private final ResumePosition part;
    private final int frameSize;
    private final boolean all;
    private final boolean compareAll;
    private final SortedSet<Long> sample;
    private int nextChunk;
    private int nextPlace;
    private UnfinishedChunk chunk;
    private volatile boolean stopped;

    /**
     * Creates the frames of {@code part}.
     *
     * @param all whether every frame is decoded
     * @param compareAll whether every one of them is compared with the device
     * @param sample indexes of frames that are decoded and compared in any case
     */
    FramesToCheck(UnfinishedChunks image, ResumePosition part, boolean all, boolean compareAll, SortedSet<Long> sample) {
        this.image = image;
        this.part = part;
        this.frameSize = image.image().spec().frameSize();
        this.all = all;
        this.compareAll = compareAll;
        this.sample = sample;
    }

    /** Says whether every frame is decoded. */
    boolean all() {
        return all;
    }

    /** Ends with the frames that were given out already. */
    void stop() {
        stopped = true;
    }

    /** Returns the next frame, null at the end. */
    FrameToCheck next() throws ImagingException {
        while (!stopped) {
            if (chunk == null) {
                if (nextChunk == part.chunksTouched()) {
                    return null;
                }
                if (!all && !hasSample(image.summary(nextChunk))) {
                    nextChunk++;
                    continue;
                }
                chunk = image.chunk(nextChunk++);
                nextPlace = 0;
            }
            while (nextPlace < part.framesOf(nextChunk - 1, chunk.frames().size())) {
                int place = nextPlace++;
                FrameEntry entry = chunk.frames().get(place);
                boolean sampled = sample.contains(entry.frame().frameIndex());
                if (all || sampled) {
                    return new FrameToCheck(chunk, nextChunk - 1, place, task(entry), compareAll || sampled);
                }
            }
            chunk = null;
        }
        return null;
    }

    private boolean hasSample(ChunkSummary of) {
        SortedSet<Long> from = sample.tailSet(of.deviceOffset() / frameSize);
        return !from.isEmpty() && from.first() * frameSize < of.deviceEnd();
    }

    private FrameTask task(FrameEntry entry) {
        long offset = entry.frame().frameIndex() * frameSize;
        return new FrameTask(chunk.plan(), entry.frame().frameIndex(), offset, entry.frame().contentLength(),
                chunk.plan().extents().firstEndingAfter(offset));
    }
}
