package org.imagingutility.api.job;

import java.time.Duration;
import java.util.Objects;
import org.imagingutility.api.serve.ServeStatistics;

/**
 * What a server did until it was told to stop.
 *
 * @param statistics what clients asked for
 * @param elapsed how long it served
 */
public record ServeResult(ServeStatistics statistics, Duration elapsed) {
    /** Checks that nothing is null. */
    public ServeResult {
        Objects.requireNonNull(statistics, "statistics");
        Objects.requireNonNull(elapsed, "elapsed");
    }
}
