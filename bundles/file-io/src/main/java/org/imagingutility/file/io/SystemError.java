package org.imagingutility.file.io;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.imagingutility.file.io.system.CodedError;

/**
 * What an error of the operating system means to who reads and writes files. Where Java tells no more than a text, it is compared
 * with the English words that are known here, and with what the system has for each number in its own language.
 */
public enum SystemError {
    /** ENOSPC; ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL. */
    NO_SPACE(List.of(28), List.of(39, 112), "no space left", "not enough space"),
    /** EDQUOT; ERROR_DISK_QUOTA_EXCEEDED. */
    QUOTA(List.of(122), List.of(1295), "quota"),
    /** EROFS; ERROR_WRITE_PROTECT, ERROR_FILE_READ_ONLY. */
    READ_ONLY(List.of(30), List.of(19, 6009), "read-only file system", "write protected"),
    /** EFBIG; ERROR_FILE_TOO_LARGE. */
    TOO_LARGE(List.of(27), List.of(223), "file too large", "file size exceeds the limit"),
    /**
     * EIO, EREMOTEIO; ERROR_CRC, SEEK, SECTOR_NOT_FOUND, WRITE_FAULT, READ_FAULT, GEN_FAILURE, DEVICE_HARDWARE_ERROR, IO_DEVICE.
     */
    MEDIUM(List.of(5, 121), List.of(23, 25, 27, 29, 30, 31, 483, 1117), "input/output error", "remote i/o error", "i/o device error",
            "cyclic redundancy check", "cannot find the sector", "attached to the system is not functioning"),
    /** ENOLCK; ERROR_SHARING_BUFFER_EXCEEDED. */
    NO_LOCKS(List.of(37), List.of(36), "no locks available"),
    /**
     * ENODEV, ENXIO, ENOTCONN, ESTALE; ERROR_NOT_READY, DEV_NOT_EXIST, NO_SUCH_DEVICE, FILE_INVALID, NO_MEDIA_IN_DRIVE,
     * DEVICE_NOT_CONNECTED.
     */
    GONE(List.of(19, 6, 107, 116), List.of(21, 55, 433, 1006, 1112, 1167), "no such device", "transport endpoint is not connected",
            "stale file handle", "device is not ready", "network resource or device is no longer available", "device is not connected",
            "device which does not exist", "no media in the drive"),
    /**
     * ETIMEDOUT, ECONNRESET, ECONNREFUSED, ECONNABORTED, EHOSTDOWN, EHOSTUNREACH, ENETUNREACH, ENETDOWN, ENETRESET, EAGAIN, EINTR,
     * ECOMM, ESHUTDOWN, EPIPE; ERROR_REM_NOT_LIST, BAD_NETPATH, NETWORK_BUSY, UNEXP_NET_ERR, NETNAME_DELETED, SEM_TIMEOUT,
     * CONNECTION_REFUSED, NETWORK_UNREACHABLE, HOST_UNREACHABLE, CONNECTION_ABORTED.
     */
    UNREACHABLE(List.of(110, 104, 111, 103, 112, 113, 101, 100, 102, 11, 4, 70, 108, 32),
            List.of(51, 53, 54, 59, 64, 121, 1225, 1231, 1232, 1236), "connection timed out", "connection reset", "connection refused",
            "software caused connection abort", "host is down", "no route to host", "network is unreachable", "network is down",
            "network dropped connection", "resource temporarily unavailable", "interrupted system call", "communication error on send",
            "cannot send after transport endpoint shutdown", "broken pipe", "network name is no longer available",
            "unexpected network error", "semaphore timeout period has expired", "network path was not found",
            "network location cannot be reached"),
    /** EPERM, EACCES; ERROR_ACCESS_DENIED, ELEVATION_REQUIRED, PRIVILEGE_NOT_HELD. */
    NOT_PERMITTED(List.of(1, 13), List.of(5, 740, 1314), "operation not permitted", "permission denied", "access is denied"),
    /** EBUSY, ETXTBSY; ERROR_SHARING_VIOLATION, LOCK_VIOLATION, USER_MAPPED_FILE. */
    IN_USE(List.of(16, 26), List.of(32, 33, 1224), "resource busy", "text file busy", "being used by another process",
            "locked a portion of the file", "user-mapped section open"),
    /**
     * EINVAL, EOPNOTSUPP: among others, what a file system says that has no reads past the cache; ERROR_INVALID_FUNCTION,
     * NOT_SUPPORTED, INVALID_PARAMETER.
     */
    NOT_SUPPORTED(List.of(22, 95), List.of(1, 50, 87), "invalid argument", "operation not supported", "parameter is incorrect",
            "incorrect function", "request is not supported");

    private final List<Integer> linux;
    private final List<Integer> windows;
    private final List<String> words;

    SystemError(List<Integer> linux, List<Integer> windows, String... words) {
        this.linux = linux;
        this.windows = windows;
        this.words = List.of(words);
    }

    /** Returns what an error means; empty if that is not known. */
    public static Optional<SystemError> of(IOException e) {
        return of(e, SystemTexts.ofProcess());
    }

    static Optional<SystemError> of(IOException e, SystemTexts texts) {
        if (e instanceof CodedError coded) {
            return of(coded.code(), texts.windows());
        }
        if (e instanceof AccessDeniedException) {
            return Optional.of(NOT_PERMITTED);
        }
        String text = SystemErrors.text(e);
        String lower = text.toLowerCase(Locale.ROOT);
        for (SystemError error : values()) {
            for (String known : error.words) {
                if (lower.contains(known)) {
                    return Optional.of(error);
                }
            }
        }
        for (SystemError error : values()) {
            for (int code : error.codes(texts.windows())) {
                if (text.equals(texts.of(code))) {
                    return Optional.of(error);
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<SystemError> of(int code, boolean windows) {
        for (SystemError error : values()) {
            if (error.codes(windows).contains(code)) {
                return Optional.of(error);
            }
        }
        return Optional.empty();
    }

    private List<Integer> codes(boolean onWindows) {
        return onWindows ? windows : linux;
    }

    /** Says whether the same may succeed a while later, because a medium, a share or the way to it went away. */
    public boolean mayPass() {
        return this == MEDIUM || this == GONE || this == UNREACHABLE;
    }
}
