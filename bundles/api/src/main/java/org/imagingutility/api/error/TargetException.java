package org.imagingutility.api.error;

/** A target cannot take what is written: it exists, is full, read-only, too small or in use. */
public final class TargetException extends ImagingException {
    private static final long serialVersionUID = 1L;

    private final String target;
    private final long offset;
    private final boolean mayPass;

    /** Creates the error; {@code offset} is a byte offset in the target or -1; {@code remedy}, {@code cause} may be null. */
    public TargetException(String target, long offset, String reason, String remedy, Throwable cause) {
        this(target, offset, reason, remedy, cause, false);
    }

    /** Creates the error; {@code mayPass} says whether the same may succeed a while later. */
    public TargetException(String target, long offset, String reason, String remedy, Throwable cause, boolean mayPass) {
        super("target \"" + target + "\"" + at(offset) + ": " + reason, remedy, cause);
        this.target = target;
        this.offset = offset;
        this.mayPass = mayPass;
    }

    /**
     * Says whether the same may succeed a while later: a share or medium that went away and may come back. What was
     * written since the last successful force may be lost even then.
     */
    public boolean mayPass() {
        return mayPass;
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
