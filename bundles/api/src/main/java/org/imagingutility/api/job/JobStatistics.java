package org.imagingutility.api.job;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How a job went.
 *
 * @param elapsed wall time
 * @param frames frames that went through the pipeline
 * @param workers workers at the end
 * @param bottleneck the stage that was busiest, empty where nothing flowed
 * @param bottleneckShare how much of the time that stage was busy (all its threads together), 0 to 1
 */
public record JobStatistics(Duration elapsed, long frames, int workers, Optional<Stage> bottleneck,
        double bottleneckShare) {

    /** Of a job that had nothing to do. */
    public static final JobStatistics NONE = new JobStatistics(Duration.ZERO, 0, 0, Optional.empty(), 0);

    /** Checks that nothing is null. */
    public JobStatistics {
        Objects.requireNonNull(elapsed, "elapsed");
        Objects.requireNonNull(bottleneck, "bottleneck");
    }
}
