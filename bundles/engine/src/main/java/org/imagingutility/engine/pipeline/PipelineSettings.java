package org.imagingutility.engine.pipeline;

import org.imagingutility.api.job.PipelineOptions;

/**
 * The size of a pipeline.
 *
 * @param maxReaders reader threads at most; one works until reading is found to be the bottleneck
 * @param workers worker threads
 * @param frameCount frames in flight
 * @param contentSize bytes of a frame's content buffer
 * @param storedSize bytes of a frame's buffer of stored bytes
 * @param adaptive whether the numbers of readers and workers follow the bottleneck
 * @param ownWorkers whether the number of workers was asked for and is not shared with other pipelines
 * @param ownFrames whether the number of frames was asked for and is not shared with other pipelines
 */
public record PipelineSettings(int maxReaders, int workers, int frameCount, int contentSize, int storedSize,
        boolean adaptive, boolean ownWorkers, boolean ownFrames) {
    /** Frames beside those being worked on, unless asked otherwise: one being read, one being written, one waiting. */
    private static final int DEFAULT_DEPTH = 3;
    private static final int MAX_READERS = 3;

    /** Returns how many frames so many workers should have. */
    int framesFor(int workerCount) {
        return Math.max(frameCount, workerCount + Math.max(1, frameCount - workers));
    }

    /** Returns settings for {@code options}; several readers only where {@code manyReaders}. */
    public static PipelineSettings of(PipelineOptions options, boolean manyReaders, int contentSize, int storedSize) {
        int workers = options.parallel() > 0 ? options.parallel() : Runtime.getRuntime().availableProcessors();
        int depth = options.depth() > 0 ? options.depth() : DEFAULT_DEPTH;
        int frames = workers + depth;
        if (options.parallel() == 0 && options.depth() == 0) {
            frames = (int) Math.max(2, Math.min(frames, SharedResources.BUDGET / (contentSize + storedSize)));
            workers = Math.min(workers, frames);
        }
        return new PipelineSettings(manyReaders ? MAX_READERS : 1, workers, frames, contentSize, storedSize,
                options.adaptive(), options.parallel() > 0 || !options.adaptive(),
                options.parallel() > 0 || options.depth() > 0);
    }
}
