package org.imagingutility.api.error;

/** A target cannot take what is written: it exists, is full, read-only, too small or in use. */
public final class TargetException extends ImagingException {
    private static final long serialVersionUID = 1L;

    private final String target;
    private final long offset;

    /** Creates the error; {@code offset} is a byte offset in the target or -1; {@code remedy}, {@code cause} may be null. */
    public TargetException(String target, long offset, String reason, String remedy, Throwable cause) {
        super("target \"" + target + "\"" + at(offset) + ": " + reason, remedy, cause);
        this.target = target;
        this.offset = offset;
    }

    /** Returns the reference of the target. */
    public String target() {
        return target;
    }

    /** Returns the byte offset in the target, or -1. */
    public long offset() {
        return offset;
    }
}
