package org.imagingutility.api.job;

import java.util.Objects;

/**
 * How far a job is.
 *
 * @param activity what it does now: {@code Imaging}, {@code Verifying}, {@code Restoring}, {@code Exporting}, ...
 * @param subject the device or image it does it to
 * @param doneBytes bytes done
 * @param totalBytes bytes in all, positive
 * @param earlierBytes how many of the bytes done were done by an earlier run that this one continues with
 * @param elapsedNanos time since this activity began, without that in which the job was paused
 */
public record Progress(String activity, String subject, long doneBytes, long totalBytes, long earlierBytes,
        long elapsedNanos) {

    /** Checks that nothing is null. */
    public Progress {
        Objects.requireNonNull(activity, "activity");
        Objects.requireNonNull(subject, "subject");
    }

    /** Creates the progress of an activity that began with nothing done. */
    public Progress(String activity, String subject, long doneBytes, long totalBytes, long elapsedNanos) {
        this(activity, subject, doneBytes, totalBytes, 0, elapsedNanos);
    }
}
