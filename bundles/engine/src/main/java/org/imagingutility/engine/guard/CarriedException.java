package org.imagingutility.engine.guard;

import org.imagingutility.api.error.ImagingException;

/**
 * Carries an error out of calls that may not fail that way. The job unwraps it where it ends; guards let it pass, because it
 * was thrown by the engine, or by the guard of another plug-in.
 */
public final class CarriedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ImagingException reason;

    /** Creates the carrier of {@code reason}. */
    public CarriedException(ImagingException reason) {
        super(reason.getMessage(), reason);
        this.reason = reason;
    }

    /** Returns the error. */
    public ImagingException reason() {
        return reason;
    }
}
