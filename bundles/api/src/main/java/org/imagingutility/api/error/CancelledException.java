package org.imagingutility.api.error;

/** The user asked the job to stop. */
public final class CancelledException extends ImagingException {
    private static final long serialVersionUID = 1L;

    /** Creates the error; {@code doing} says what the job did: {@code imaging}. */
    public CancelledException(String doing) {
        super("cancelled while " + doing, null, null);
    }
}
