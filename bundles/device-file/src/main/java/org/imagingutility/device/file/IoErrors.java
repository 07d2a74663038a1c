package org.imagingutility.device.file;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.NotPermittedException;
import org.imagingutility.api.error.TargetException;

/** Words for the errors of the operating system. */
final class IoErrors {
    private static final List<String> PASSING = List.of(
            // Linux: EIO, ESTALE, ENOTCONN, ETIMEDOUT, ECONNRESET, ECONNREFUSED, ECONNABORTED, EHOSTDOWN, EHOSTUNREACH,
            // ENETUNREACH, ENETDOWN, ENETRESET, EAGAIN, EINTR, EREMOTEIO, ECOMM, ENODEV and ENXIO, ESHUTDOWN, EPIPE
            "input/output error", "stale file handle", "transport endpoint is not connected", "connection timed out",
            "connection reset", "connection refused", "software caused connection abort", "host is down", "no route to host",
            "network is unreachable", "network is down", "network dropped connection", "resource temporarily unavailable",
            "interrupted system call", "remote i/o error", "communication error on send", "no such device",
            "cannot send after transport endpoint shutdown", "broken pipe",
            // Windows: ERROR_NETNAME_DELETED, UNEXP_NET_ERR, SEM_TIMEOUT, NOT_READY, BAD_NETPATH, IO_DEVICE, DEV_NOT_EXIST,
            // NETWORK_UNREACHABLE, DEVICE_NOT_CONNECTED
            "network name is no longer available", "unexpected network error", "semaphore timeout period has expired",
            "device is not ready", "network path was not found", "i/o device error",
            "network resource or device is no longer available", "network location cannot be reached",
            "device is not connected");
    private static final String AS_ROOT = "run as root, or ask for access to it";

    private IoErrors() {
    }

    static ImagingException opening(String reference, IOException e) {
        if (isDenied(e)) {
            return new NotPermittedException(reference, "may not be read", AS_ROOT, e);
        }
        return new DeviceException(reference, -1, "cannot be opened: " + text(e), null, e);
    }

    static ImagingException creating(String reference, IOException e) {
        if (isDenied(e)) {
            return new NotPermittedException(reference, "may not be written", AS_ROOT, e);
        }
        return failed(reference, -1, "cannot be opened for writing: ", e);
    }

    /** {@code offset} is the first byte that was not read. */
    static DeviceException reading(String reference, long offset, IOException e) {
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
    static TargetException writing(String reference, long offset, IOException e) {
        return failed(reference, offset, "cannot be written: ", e);
    }

    private static TargetException failed(String reference, long offset, String what, IOException e) {
        return new TargetException(reference, offset, what + text(e), remedy(e), e, mayPass(e));
    }

    /** EACCES has its own type; EPERM (a device the system keeps from everybody) has only its words. */
    private static boolean isDenied(IOException e) {
        return e instanceof AccessDeniedException || text(e).equals("Operation not permitted");
    }

    static String text(IOException e) {
        if (e instanceof ClosedByInterruptException) {
            return "its thread was interrupted";
        }
        if (e instanceof ClosedChannelException) {
            return "it is closed";
        }
        if (e instanceof NoSuchFileException) {
            return "there is no \"" + e.getMessage() + "\"";
        }
        if (e instanceof FileSystemException named && named.getReason() != null) {
            return named.getReason();
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /**
     * Says whether the same may succeed a while later, because a medium, a share or the way to it went away. What is not
     * known does not pass. By the words of Linux (strerror) and Windows (FormatMessage): Java has no other sign of the cause.
     */
    static boolean mayPass(IOException e) {
        String text = text(e).toLowerCase(Locale.ROOT);
        return PASSING.stream().anyMatch(text::contains);
    }

    private static String remedy(IOException e) {
        String text = text(e).toLowerCase(Locale.ROOT);
        if (text.contains("no space left") || text.contains("not enough space") || text.contains("quota")) {
            return "free space there, or choose another target";
        }
        if (text.contains("read-only file system") || text.contains("write protected")) {
            return "mount the file system for writing, or choose another target";
        }
        if (text.contains("file too large")) {
            return "the file system cannot hold so large a file (FAT32: 4 GiB): choose another target";
        }
        if (text.contains("input/output error") || text.contains("i/o device error")) {
            return "the target's medium or connection fails: look at the system log, choose another target";
        }
        return mayPass(e) ? "the target or the way to it went away: connect it again, or choose another target" : null;
    }
}
