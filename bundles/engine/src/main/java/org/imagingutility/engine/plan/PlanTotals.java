package org.imagingutility.engine.plan;

import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.ChunkPlan;
import org.imagingutility.api.error.ImagingException;

/**
 * What a whole pass comes to.
 *
 * @param chunks number of chunks
 * @param frames number of frames
 * @param usedBytes bytes in use
 */
public record PlanTotals(long chunks, long frames, long usedBytes) {

    /** Runs through a plan and counts. */
    public static PlanTotals of(ChunkPlanner planner, int frameSize) throws ImagingException {
        long chunks = 0;
        long frames = 0;
        long usedBytes = 0;
        for (ChunkPlan chunk = planner.next(); chunk != null; chunk = planner.next()) {
            chunks++;
            usedBytes += chunk.extents().totalLength();
            frames += frameCount(chunk.extents(), frameSize);
        }
        return new PlanTotals(chunks, frames, usedBytes);
    }

    private static long frameCount(ExtentList extents, int frameSize) {
        long frames = 0;
        long last = -1;
        for (int i = 0; i < extents.count(); i++) {
            long first = Math.max(last + 1, extents.offset(i) / frameSize);
            last = Math.max(last, (extents.end(i) - 1) / frameSize);
            frames += Math.max(0, last - first + 1);
        }
        return frames;
    }
}
