package org.imagingutility.api.error;

/** The operating system refuses access. */
public final class NotPermittedException extends ImagingException {
    private static final long serialVersionUID = 1L;

    private final String subject;

    /** Creates the error for {@code subject} (a device, a file); {@code remedy} and {@code cause} may be null. */
    public NotPermittedException(String subject, String reason, String remedy, Throwable cause) {
        super("\"" + subject + "\": " + reason, remedy, cause);
        this.subject = subject;
    }

    /** Returns what may not be accessed. */
    public String subject() {
        return subject;
    }
}
