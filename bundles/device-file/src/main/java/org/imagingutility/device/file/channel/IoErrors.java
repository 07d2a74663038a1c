package org.imagingutility.device.file.channel;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.Optional;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.NotPermittedException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.file.io.system.OperatingSystem;
import org.imagingutility.file.io.SystemError;
import org.imagingutility.file.io.SystemErrors;

/** The errors of the operating system as those of a device. */
public final class IoErrors {
    private static final String AS_ROOT = (OperatingSystem.isWindows() ? "run as administrator" : "run as root")
            + ", or ask for access to it";

    private IoErrors() {
    }

    public static ImagingException opening(String reference, IOException e) {
        if (isDenied(e)) {
            return new NotPermittedException(reference, "may not be read", AS_ROOT, e);
        }
        return new DeviceException(reference, -1, "cannot be opened: " + text(e), null, e);
    }

    public static ImagingException creating(String reference, IOException e) {
        if (isDenied(e)) {
            return new NotPermittedException(reference, "may not be written", AS_ROOT, e);
        }
        return failed(reference, -1, "cannot be opened for writing: ", e);
    }

    /** The error of a block device that cannot be opened for this process alone. */
    public static TargetException claiming(String reference, Path node, IOException e) {
        return new TargetException(reference, -1, "\"" + node + "\" cannot be claimed, so whether it is in use is not known, and it is"
                + " not written to: " + text(e), isDenied(e) ? AS_ROOT : null, e, mayPass(e));
    }

    /** {@code offset} is the first byte that was not read. */
    public static DeviceException reading(String reference, long offset, IOException e) {
        return isGone(e) ? DeviceException.deviceChanged(reference, offset, "went away: " + text(e), null, e)
                : new DeviceException(reference, offset, "cannot be read: " + text(e), null, e);
    }

    /** Says whether all of the device is lost, not a place on it, or it was closed. */
    private static boolean isGone(IOException e) {
        return e instanceof ClosedChannelException || is(e, SystemError.GONE);
    }

    /** {@code offset} is the first byte that was not written, or -1. */
    public static TargetException writing(String reference, long offset, IOException e) {
        return failed(reference, offset, "cannot be written: ", e);
    }

    private static TargetException failed(String reference, long offset, String what, IOException e) {
        return SystemErrors.target(reference, offset, what, e, mayPass(e));
    }

    private static boolean isDenied(IOException e) {
        return is(e, SystemError.NOT_PERMITTED);
    }

    private static boolean is(IOException e, SystemError error) {
        return SystemError.of(e).equals(Optional.of(error));
    }

    public static String text(IOException e) {
        return SystemErrors.text(e);
    }

    /** Says whether the same may succeed a while later. */
    public static boolean mayPass(IOException e) {
        return SystemErrors.mayPass(e);
    }
}
