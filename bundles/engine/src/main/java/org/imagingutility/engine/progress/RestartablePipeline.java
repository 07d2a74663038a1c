package org.imagingutility.engine.progress;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.JobStatistics;
import org.imagingutility.engine.pipeline.FramePipeline;
import org.imagingutility.engine.pipeline.SharedResources;
import org.imagingutility.engine.pipeline.PipelineSettings;
import org.imagingutility.engine.pipeline.Stages;

/** The pipelines that one after the other do one thing, each resuming where the one before was interrupted. For one thread. */
public final class RestartablePipeline {
    private final String name;
    private Duration elapsed = Duration.ZERO;

    /** {@code name} says what the job does: restoring, verifying. */
    public RestartablePipeline(String name) {
        this.name = name;
    }

    /**
     * Runs a pipeline.
     *
     * @param frames tells afterwards how many frames are done in all
     * @return how all of them together went
     */
    public JobStatistics run(SharedResources resources, Stages<?, ?> stages, PipelineSettings settings,
            ProgressReporter progress, LongSupplier frames)
            throws ImagingException {
        long begin = System.nanoTime();
        JobStatistics last;
        try {
            last = new FramePipeline<>(resources, name, stages, settings, progress).run();
        } finally {
            elapsed = elapsed.plusNanos(System.nanoTime() - begin);
        }
        return new JobStatistics(elapsed, frames.getAsLong(), last.workers(), last.bottleneck(), last.bottleneckShare());
    }
}
