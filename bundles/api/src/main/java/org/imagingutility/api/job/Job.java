package org.imagingutility.api.job;

import org.imagingutility.api.error.ImagingException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A job that was submitted, in this process or another of its data folder. Used by several threads at once. Control takes effect at the next frame border, a moment
 * after the call returned; {@link #status} says when it did.
 *
 * @param <R> what it gives when it is done
 */
@ProviderType
public interface Job<R> {

    /** Returns how it stands now. */
    JobStatus status();

    /**
     * Makes it hold at the next frame border.
     *
     * @throws org.imagingutility.api.error.UsageException if it is not live
     */
    void pause() throws ImagingException;

    /**
     * Lets a paused job continue; starts one that is suspended, interrupted, cancelled or failed again, from what it has
     * written where its kind can do that.
     *
     * @throws org.imagingutility.api.error.UsageException if it is done, or runs already
     */
    void resume() throws ImagingException;

    /** Makes it stop at the next frame border. Nothing happens if it is not live. */
    void cancel();

    /**
     * Makes it stop at the next frame border, as {@link #cancel} does, and says if that cannot be asked for.
     *
     * @throws org.imagingutility.api.error.UsageException if it is not live, or its process does not answer
     */
    default void requestCancel() throws ImagingException {
        cancel();
    }

    /**
     * Sets how many worker threads it may use, from 1 to 256.
     *
     * @throws org.imagingutility.api.error.UsageException if it is not live, or the number is out of range
     */
    void workers(int count) throws ImagingException;

    /**
     * Waits until it is not live any more and returns what it gave.
     *
     * @throws ImagingException what it ended with, if it failed, was cancelled or suspended
     */
    R await() throws ImagingException, InterruptedException;
}
