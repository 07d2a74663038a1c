package org.imagingutility.engine.plan;

import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.ChunkPlan;
import org.imagingutility.api.error.ImagingException;

/** The frames of a plan in device order: one for each window that a part of an extent lies in. For one thread. */
public final class FrameTasks implements AutoCloseable {
    private final ChunkPlanner planner;
    private final int frameSize;
    private final long deviceLength;
    private ChunkPlan chunk;
    private int extent;
    private long nextFrame;

    /** Creates the tasks of {@code planner}, which is closed with them. */
    public FrameTasks(ChunkPlanner planner, int frameSize, long deviceLength) {
        this.planner = planner;
        this.frameSize = frameSize;
        this.deviceLength = deviceLength;
    }

    /**
     * Creates the tasks that are left when some of a chunk's frames are there already.
     *
     * @param begun that chunk
     * @param firstFrame the frames of it from this one on are tasks
     * @param planner the chunks behind it; closed with the tasks
     */
    public FrameTasks(ChunkPlan begun, long firstFrame, ChunkPlanner planner, int frameSize, long deviceLength) {
        this(planner, frameSize, deviceLength);
        this.chunk = begun;
        this.nextFrame = firstFrame;
    }

    /** Returns how many bytes of device a frame covers. */
    public int frameSize() {
        return frameSize;
    }

    /** Returns the next frame, null at the end. */
    public FrameTask next() throws ImagingException {
        while (true) {
            if (chunk == null) {
                chunk = planner.next();
                if (chunk == null) {
                    return null;
                }
                extent = 0;
            }
            ExtentList extents = chunk.extents();
            while (extent < extents.count() && (extents.end(extent) - 1) / frameSize < nextFrame) {
                extent++;
            }
            if (extent < extents.count()) {
                long frameIndex = Math.max(nextFrame, extents.offset(extent) / frameSize);
                nextFrame = frameIndex + 1;
                long offset = frameIndex * frameSize;
                int length = (int) Math.min(frameSize, deviceLength - offset);
                return new FrameTask(chunk, frameIndex, offset, length, extent);
            }
            chunk = null;
        }
    }

    @Override
    public void close() throws ImagingException {
        planner.close();
    }
}
