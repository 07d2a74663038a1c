package org.imagingutility.api.error;

import java.util.Objects;

/**
 * The process has not the memory for what it was asked to do: its heap or what it may take outside of it is used up, or the system
 * gives no more threads. Says nothing against device, image or plug-in. Thrown by the engine only: whatever met an
 * {@link OutOfMemoryError}, in whichever thread of a job, the job ends by this, and what it left is as after any other error.
 */
public final class MemoryException extends ImagingException {
    private static final long serialVersionUID = 1L;

    static final String REMEDY = "give the process more memory (IMAGING_JAVA_OPTS=-Xmx512m), or let it need less: a smaller "
            + "--frame-size, --parallel or --pipeline-depth, a larger --chunk-size";

    /** Creates the error; {@code cause} says what there was no memory for. */
    public MemoryException(OutOfMemoryError cause) {
        super("not enough memory: " + of(cause), REMEDY, cause);
    }

    /** Returns what there was no memory for, as the one says who found none. */
    static String of(OutOfMemoryError error) {
        return Objects.requireNonNullElse(error.getMessage(), "the virtual machine does not say for what");
    }
}
