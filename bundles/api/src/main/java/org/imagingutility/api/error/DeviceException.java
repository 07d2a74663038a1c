package org.imagingutility.api.error;

/** A device cannot be opened, read or written, or changed under the job. */
public final class DeviceException extends ImagingException {
    private static final long serialVersionUID = 1L;

    private final String device;
    private final long offset;
    private final boolean deviceChanged;

    /**
     * Creates the error of a place that cannot be transferred.
     *
     * @param device reference of the device
     * @param offset first byte on the device that could not be transferred, or -1 if no place is known
     * @param reason what happened
     * @param remedy what the user can do, or null
     * @param cause the error of the operating system, or null
     */
    public DeviceException(String device, long offset, String reason, String remedy, Throwable cause) {
        this(device, offset, reason, remedy, cause, false);
    }

    private DeviceException(String device, long offset, String reason, String remedy, Throwable cause,
            boolean deviceChanged) {
        super("device \"" + device + "\"" + at(offset) + ": " + reason, remedy, cause);
        this.device = device;
        this.offset = offset;
        this.deviceChanged = deviceChanged;
    }

    /** Creates the error of a device that is no longer the one that was opened; parameters as for the constructor. */
    public static DeviceException deviceChanged(String device, long offset, String reason, String remedy, Throwable cause) {
        return new DeviceException(device, offset, reason, remedy, cause, true);
    }

    /** Returns the reference of the device. */
    public String device() {
        return device;
    }

    /**
     * Says whether the device as a whole is no longer the one that was opened: it went away, was closed, or has another
     * length. Then reading again or elsewhere does not help, and nothing may be recorded as an unreadable place.
     */
    public boolean isDeviceChanged() {
        return deviceChanged;
    }

    /** Returns the first byte on the device that could not be transferred, or -1 if no place is known. */
    public long offset() {
        return offset;
    }
}
