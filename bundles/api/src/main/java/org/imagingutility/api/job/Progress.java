package org.imagingutility.api.job;

import java.util.Objects;

/**
 * How far a job is.
 *
 * @param activity what it does now: {@code Imaging}, {@code Verifying}, {@code Restoring}, {@code Exporting}, ...
 * @param subject the device or image it does it to
 * @param doneBytes bytes done
 * @param totalBytes bytes in all, positive
 * @param elapsedNanos time since this activity began
 */
public record Progress(String activity, String subject, long doneBytes, long totalBytes, long elapsedNanos) {

    /** Checks that nothing is null. */
    public Progress {
        Objects.requireNonNull(activity, "activity");
        Objects.requireNonNull(subject, "subject");
    }
}
