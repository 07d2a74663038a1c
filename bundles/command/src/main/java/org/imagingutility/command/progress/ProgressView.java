package org.imagingutility.command.progress;

import org.imagingutility.api.job.Progress;

/** Shows how far a job is. Called by one thread at a time. */
public interface ProgressView extends AutoCloseable {
    /** Shows {@code progress}, or leaves it out if the last one was shown a moment ago. */
    void show(Progress progress);

    /** Shows a line the user should see although the job continues. */
    void notice(String line);

    /** Takes away what must not stand on the screen when the job is over; may be called twice. */
    @Override
    void close();
}
