package org.imagingutility.api.error;

/** The user asked the job to stop. */
public final class CancelledException extends ImagingException {
    private static final long serialVersionUID = 1L;

    /** Creates the error; {@code what} names the job. */
    public CancelledException(String what) {
        super(what + " was cancelled", null, null);
    }
}
