package org.imagingutility.file.io;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import org.imagingutility.api.error.TargetException;

/** What the errors of the operating system mean for those who read and write files. */
public final class SystemErrors {
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

    private SystemErrors() {
    }

    /** Returns what happened, in the words of the operating system where it has some. */
    public static String text(IOException e) {
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
    public static boolean mayPass(IOException e) {
        String text = text(e).toLowerCase(Locale.ROOT);
        return PASSING.stream().anyMatch(text::contains);
    }

    /**
     * Returns the error of a target.
     *
     * @param reference its name for messages
     * @param offset first byte that was not written, or -1
     * @param what what failed; the words of the operating system follow
     * @param mayPass whether the same may succeed a while later
     */
    public static TargetException target(String reference, long offset, String what, IOException e, boolean mayPass) {
        return new TargetException(reference, offset, what + text(e), remedy(e, mayPass), e, mayPass);
    }

    private static String remedy(IOException e, boolean mayPass) {
        String text = text(e).toLowerCase(Locale.ROOT);
        if (text.contains("no space left") || text.contains("not enough space")) {
            return "free space there, or choose another target";
        }
        if (text.contains("quota")) {
            return "the user's quota is used up: free space there, or choose another target";
        }
        if (text.contains("read-only file system") || text.contains("write protected")) {
            return "mount the file system for writing, or choose another target";
        }
        if (text.contains("file too large") || text.contains("file size exceeds the limit")) {
            return "the file system cannot hold so large a file (FAT32: 4 GiB): choose another target";
        }
        if (text.contains("input/output error") || text.contains("i/o device error")) {
            return "the target's medium or connection fails: look at the system log, choose another target";
        }
        if (text.contains("no locks available")) {
            return "the share keeps no locks: look at how it is mounted, or choose another target";
        }
        return mayPass ? "the target or the way to it went away: connect it again, or choose another target" : null;
    }
}
