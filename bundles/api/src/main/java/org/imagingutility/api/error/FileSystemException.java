package org.imagingutility.api.error;

/** A file system was recognised, but its structures cannot be trusted: to say what is in use, or what a file holds. */
public final class FileSystemException extends ImagingException {
    private static final long serialVersionUID = 1L;

    private final String device;
    private final long offset;

    /**
     * Creates the error.
     *
     * @param device reference of the device
     * @param offset byte offset on the device of the structure that is wrong, or -1 if no place is known
     * @param reason what is wrong: found and expected
     * @param remedy what the user can do, or null
     */
    public FileSystemException(String device, long offset, String reason, String remedy) {
        super("file system on \"" + device + "\"" + at(offset) + ": " + reason, remedy, null);
        this.device = device;
        this.offset = offset;
    }

    /** Returns the reference of the device. */
    public String device() {
        return device;
    }

    /** Returns the byte offset on the device of the structure that is wrong, or -1. */
    public long offset() {
        return offset;
    }
}
