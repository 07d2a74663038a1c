package org.imagingutility.windows.io;

import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.NotPermittedException;
import org.imagingutility.api.error.TargetException;

/** The errors of Windows as those of devices and targets. By codes, whatever language Windows speaks. */
public final class WindowsErrors {
    private static final String AS_ADMINISTRATOR = "run it as administrator (a command prompt opened by \"Run as"
            + " administrator\"); if it is, end what has the volume locked";

    private WindowsErrors() {
    }

    /** The error of a source that cannot be opened, or not be asked what it is. */
    public static ImagingException opening(String reference, WindowsException e) {
        return switch (e.kind()) {
            case NOT_PERMITTED -> new NotPermittedException(reference, "may not be read: " + e.getMessage(), AS_ADMINISTRATOR, e);
            case NOT_FOUND -> device(reference, -1, "there is no such device: ", e);
            case NO_MEDIUM -> device(reference, -1, "has no medium: ", e);
            case ENCRYPTED -> device(reference, -1, "is locked by BitLocker: ", e);
            case IN_USE -> device(reference, -1, "is in use: ", e);
            default -> device(reference, -1, "cannot be opened: ", e);
        };
    }

    /** The error of a read; {@code offset} is the first byte that was not read. */
    public static ImagingException reading(String reference, long offset, WindowsException e) {
        return switch (e.kind()) {
            case NOT_PERMITTED -> new NotPermittedException(reference, "may not be read: " + e.getMessage(), AS_ADMINISTRATOR, e);
            case GONE, NO_MEDIUM -> DeviceException.deviceChanged(reference, offset, "went away: " + e.getMessage(),
                    e.kind().remedy(), e);
            case ENCRYPTED -> DeviceException.deviceChanged(reference, offset, "is locked by BitLocker: " + e.getMessage(),
                    e.kind().remedy(), e);
            default -> device(reference, offset, "cannot be read: ", e);
        };
    }

    private static DeviceException device(String reference, long offset, String what, WindowsException e) {
        return new DeviceException(reference, offset, what + e.getMessage(), e.kind().remedy(), e);
    }

    /** The error of a target that cannot be opened, locked or asked what it is. */
    public static ImagingException claiming(String reference, String what, WindowsException e) {
        if (e.kind() == ErrorKind.NOT_PERMITTED) {
            return new NotPermittedException(reference, what + e.getMessage(), AS_ADMINISTRATOR, e);
        }
        return target(reference, -1, what, e);
    }

    /** The error of a write; {@code offset} is the first byte that was not written, or -1. */
    public static TargetException writing(String reference, long offset, WindowsException e) {
        return target(reference, offset, "cannot be written: ", e);
    }

    private static TargetException target(String reference, long offset, String what, WindowsException e) {
        return new TargetException(reference, offset, what + e.getMessage(), e.kind().remedy(), e, mayPass(e.kind()));
    }

    private static boolean mayPass(ErrorKind kind) {
        return kind == ErrorKind.PASSING || kind == ErrorKind.GONE || kind == ErrorKind.NO_MEDIUM;
    }
}
