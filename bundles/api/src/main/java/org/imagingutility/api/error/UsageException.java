package org.imagingutility.api.error;

/** A request that makes no sense as asked: unknown name, value out of range, source equal to target. */
public final class UsageException extends ImagingException {
    private static final long serialVersionUID = 1L;

    /** Creates the error; {@code remedy} may be null. */
    public UsageException(String message, String remedy) {
        super(message, remedy, null);
    }
}
