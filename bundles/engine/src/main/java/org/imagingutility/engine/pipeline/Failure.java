package org.imagingutility.engine.pipeline;

import java.util.concurrent.atomic.AtomicReference;
import org.imagingutility.api.error.ImagingException;

/** What work in several threads failed of: the first error, with those that came after it. Safe for use by several threads. */
public final class Failure {
    private final AtomicReference<Throwable> first = new AtomicReference<>();

    /** Notes an error. */
    void add(Throwable error) {
        if (first.compareAndSet(null, error) || first.get() == error) {
            return;
        }
        try {
            first.get().addSuppressed(error);
        } catch (OutOfMemoryError e) {
            // no room for a further error beside the first: that one is what the job ends by
            return;
        }
    }

    /** Says whether there was an error. */
    boolean happened() {
        return first.get() != null;
    }

    /** Throws the first error, if there was one; to be called when no thread is left that could fail. */
    void rethrow() throws ImagingException {
        if (happened()) {
            rethrow(first.get());
        }
    }

    /**
     * Throws an error that another thread met.
     *
     * @throws IllegalStateException with the error as its cause, if it is a checked one and no {@link ImagingException}
     */
    public static void rethrow(Throwable error) throws ImagingException {
        if (error instanceof ImagingException e) {
            throw e;
        }
        if (error instanceof RuntimeException e) {
            throw e;
        }
        if (error instanceof Error e) {
            throw e;
        }
        throw new IllegalStateException(error);
    }
}
