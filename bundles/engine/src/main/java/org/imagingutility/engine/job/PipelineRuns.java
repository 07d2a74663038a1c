package org.imagingutility.engine.job;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.JobStatistics;
import org.imagingutility.engine.pipeline.FramePipeline;
import org.imagingutility.engine.pipeline.Machine;
import org.imagingutility.engine.pipeline.PipelineSettings;
import org.imagingutility.engine.pipeline.Stages;

/** The pipelines that one after the other do one thing, each going on where the one before was interrupted. For one thread. */
final class PipelineRuns {
    private final String name;
    private Duration elapsed = Duration.ZERO;

    /** {@code name} says what the job does: restoring, verifying. */
    PipelineRuns(String name) {
        this.name = name;
    }

    /**
     * Runs a pipeline.
     *
     * @param frames tells afterwards how many frames are done in all
     * @return how all of them together went
     */
    JobStatistics run(Machine machine, Stages<?, ?> stages, PipelineSettings settings, JobPulse pulse, LongSupplier frames)
            throws ImagingException {
        long begin = System.nanoTime();
        JobStatistics last;
        try {
            last = new FramePipeline<>(machine, name, stages, settings, pulse).run();
        } finally {
            elapsed = elapsed.plusNanos(System.nanoTime() - begin);
        }
        return new JobStatistics(elapsed, frames.getAsLong(), last.workers(), last.bottleneck(), last.bottleneckShare());
    }
}
