package org.imagingutility.device.file.channel;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.NotPermittedException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.file.io.SystemErrors;

/** The errors of the operating system as those of a device. */
public final class IoErrors {
    private static final String AS_ROOT = "run as root, or ask for access to it";

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
                + " not written to: " + text(e), isDenied(e) || text(e).startsWith("Permission denied") ? AS_ROOT : null, e, mayPass(e));
    }

    /** {@code offset} is the first byte that was not read. */
    public static DeviceException reading(String reference, long offset, IOException e) {
        return isGone(e) ? DeviceException.deviceChanged(reference, offset, "went away: " + text(e), null, e)
                : new DeviceException(reference, offset, "cannot be read: " + text(e), null, e);
    }

    /** Says whether all of the device is lost, not a place on it: ENODEV, ENXIO, ENOTCONN, ESTALE by strerror, or closed. */
    private static boolean isGone(IOException e) {
        String text = text(e);
        return e instanceof ClosedChannelException || text.startsWith("No such device") || text.startsWith("Stale file handle")
                || text.startsWith("Transport endpoint is not connected");
    }

    /** {@code offset} is the first byte that was not written, or -1. */
    public static TargetException writing(String reference, long offset, IOException e) {
        return failed(reference, offset, "cannot be written: ", e);
    }

    private static TargetException failed(String reference, long offset, String what, IOException e) {
        return SystemErrors.target(reference, offset, what, e, mayPass(e));
    }

    /** EACCES has its own type; EPERM (a device the system keeps from everybody) has only its words. */
    private static boolean isDenied(IOException e) {
        return e instanceof AccessDeniedException || text(e).equals("Operation not permitted");
    }

    public static String text(IOException e) {
        return SystemErrors.text(e);
    }

    /** Says whether the same may succeed a while later. */
    public static boolean mayPass(IOException e) {
        return SystemErrors.mayPass(e);
    }
}
