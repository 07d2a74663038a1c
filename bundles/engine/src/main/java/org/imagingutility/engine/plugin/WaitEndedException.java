package org.imagingutility.engine.plugin;

import org.imagingutility.api.error.ImagingException;

/**
 * Carries why a wait for a codec ended through calls that may not fail that way. {@link JobPlugins#lasting} unwraps it.
 */
final class WaitEndedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ImagingException reason;

    WaitEndedException(ImagingException reason) {
        super(reason.getMessage(), reason);
        this.reason = reason;
    }

    ImagingException reason() {
        return reason;
    }
}
