package org.imagingutility.engine.pipeline;

import java.util.concurrent.atomic.AtomicReference;
import org.imagingutility.api.error.ImagingException;

/** What a pipeline failed of: the first error, with those that came after it. Safe for use by several threads. */
final class Failure {
    private final AtomicReference<Throwable> first = new AtomicReference<>();

    /** Notes an error. */
    void add(Throwable error) {
        if (!first.compareAndSet(null, error) && first.get() != error) {
            first.get().addSuppressed(error);
        }
    }

    /** Says whether there was an error. */
    boolean happened() {
        return first.get() != null;
    }

    /** Throws the first error, if there was one; to be called when no thread is left that could fail. */
    void rethrow() throws ImagingException {
        Throwable error = first.get();
        if (error instanceof ImagingException e) {
            throw e;
        }
        if (error instanceof RuntimeException e) {
            throw e;
        }
        if (error instanceof Error e) {
            throw e;
        }
    }
}
