package org.imagingutility.api.error;

/** A device cannot be opened, read or written, or changed under the job. */
public final class DeviceException extends ImagingException {
    private static final long serialVersionUID = 1L;

    private final String device;
    private final long offset;

    /**
     * Creates the error.
     *
     * @param device reference of the device
     * @param offset first byte on the device that could not be transferred, or -1 if no place is known
     * @param reason what happened
     * @param remedy what the user can do, or null
     * @param cause the error of the operating system, or null
     */
    public DeviceException(String device, long offset, String reason, String remedy, Throwable cause) {
        super("device \"" + device + "\"" + at(offset) + ": " + reason, remedy, cause);
        this.device = device;
        this.offset = offset;
    }

    /** Returns the reference of the device. */
    public String device() {
        return device;
    }

    /** Returns the first byte on the device that could not be transferred, or -1 if no place is known. */
    public long offset() {
        return offset;
    }
}
