package org.imagingutility.engine.plugin;

import java.time.Duration;

/**
 * How long is waited when a plug-in leaves.
 *
 * @param patience how long a job waits for a replacement before it gives up; zero to give up at once
 * @param drain how long the one who stops a plug-in waits for the jobs that use it to let go of it
 */
public record SwapPolicy(Duration patience, Duration drain) {
    /** Five minutes for a replacement, half a minute to let go. */
    public static final SwapPolicy DEFAULT = new SwapPolicy(Duration.ofMinutes(5), Duration.ofSeconds(30));

    /** Checks that nothing is negative. */
    public SwapPolicy {
        if (patience.isNegative() || drain.isNegative()) {
            throw new IllegalArgumentException("patience " + patience + " or drain " + drain + " is negative");
        }
    }
}
