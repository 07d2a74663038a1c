package org.imagingutility.api.error;

/** A snapshot cannot be made, read or released. */
public final class SnapshotException extends ImagingException {
    private static final long serialVersionUID = 1L;

    /** Creates the error for {@code volume}; {@code remedy} and {@code cause} may be null. */
    public SnapshotException(String volume, String reason, String remedy, Throwable cause) {
        super("snapshot of \"" + volume + "\": " + reason, remedy, cause);
    }
}
