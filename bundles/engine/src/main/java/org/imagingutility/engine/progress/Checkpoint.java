package org.imagingutility.engine.progress;

import org.imagingutility.api.error.CancelledException;

/** Where long work that runs outside of a pipeline lets the user pause or cancel it, and tells him things. */
public interface Checkpoint {
    /** Called between two steps: waits while the job is paused, and ends the work if it was cancelled. */
    void checkpoint() throws CancelledException;

    /** Tells the user. */
    void notice(String line);
}
