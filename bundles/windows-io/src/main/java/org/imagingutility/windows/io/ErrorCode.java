package org.imagingutility.windows.io;

/** Error codes of winerror.h that something is made of, without their {@code ERROR_}. */
public final class ErrorCode {
    /** {@code ERROR_INVALID_FUNCTION}. */
    public static final int INVALID_FUNCTION = 1;
    /** {@code ERROR_FILE_NOT_FOUND}. */
    public static final int FILE_NOT_FOUND = 2;
    /** {@code ERROR_PATH_NOT_FOUND}. */
    public static final int PATH_NOT_FOUND = 3;
    /** {@code ERROR_ACCESS_DENIED}. */
    public static final int ACCESS_DENIED = 5;
    /** {@code ERROR_INVALID_HANDLE}. */
    public static final int INVALID_HANDLE = 6;
    /** {@code ERROR_INVALID_DRIVE}. */
    public static final int INVALID_DRIVE = 15;
    /** {@code ERROR_NO_MORE_FILES}. */
    public static final int NO_MORE_FILES = 18;
    /** {@code ERROR_WRITE_PROTECT}. */
    public static final int WRITE_PROTECT = 19;
    /** {@code ERROR_BAD_UNIT}. */
    public static final int BAD_UNIT = 20;
    /** {@code ERROR_NOT_READY}. */
    public static final int NOT_READY = 21;
    /** {@code ERROR_CRC}. */
    public static final int CRC = 23;
    /** {@code ERROR_SEEK}. */
    public static final int SEEK = 25;
    /** {@code ERROR_SECTOR_NOT_FOUND}. */
    public static final int SECTOR_NOT_FOUND = 27;
    /** {@code ERROR_WRITE_FAULT}. */
    public static final int WRITE_FAULT = 29;
    /** {@code ERROR_READ_FAULT}. */
    public static final int READ_FAULT = 30;
    /** {@code ERROR_GEN_FAILURE}. */
    public static final int GEN_FAILURE = 31;
    /** {@code ERROR_SHARING_VIOLATION}. */
    public static final int SHARING_VIOLATION = 32;
    /** {@code ERROR_LOCK_VIOLATION}. */
    public static final int LOCK_VIOLATION = 33;
    /** {@code ERROR_WRONG_DISK}. */
    public static final int WRONG_DISK = 34;
    /** {@code ERROR_HANDLE_EOF}. */
    public static final int HANDLE_EOF = 38;
    /** {@code ERROR_HANDLE_DISK_FULL}. */
    public static final int HANDLE_DISK_FULL = 39;
    /** {@code ERROR_NOT_SUPPORTED}. */
    public static final int NOT_SUPPORTED = 50;
    /** {@code ERROR_BAD_NETPATH}. */
    public static final int BAD_NETPATH = 53;
    /** {@code ERROR_DEV_NOT_EXIST}. */
    public static final int DEV_NOT_EXIST = 55;
    /** {@code ERROR_UNEXP_NET_ERR}. */
    public static final int UNEXP_NET_ERR = 59;
    /** {@code ERROR_NETNAME_DELETED}. */
    public static final int NETNAME_DELETED = 64;
    /** {@code ERROR_NETWORK_ACCESS_DENIED}. */
    public static final int NETWORK_ACCESS_DENIED = 65;
    /** {@code ERROR_INVALID_PARAMETER}. */
    public static final int INVALID_PARAMETER = 87;
    /** {@code ERROR_DRIVE_LOCKED}. */
    public static final int DRIVE_LOCKED = 108;
    /** {@code ERROR_DISK_FULL}. */
    public static final int DISK_FULL = 112;
    /** {@code ERROR_SEM_TIMEOUT}. */
    public static final int SEM_TIMEOUT = 121;
    /** {@code ERROR_INSUFFICIENT_BUFFER}. */
    public static final int INSUFFICIENT_BUFFER = 122;
    /** {@code ERROR_INVALID_NAME}. */
    public static final int INVALID_NAME = 123;
    /** {@code ERROR_BAD_PATHNAME}. */
    public static final int BAD_PATHNAME = 161;
    /** {@code ERROR_BUSY}. */
    public static final int BUSY = 170;
    /** {@code ERROR_MORE_DATA}. */
    public static final int MORE_DATA = 234;
    /** {@code ERROR_NO_SUCH_DEVICE}. */
    public static final int NO_SUCH_DEVICE = 433;
    /** {@code ERROR_DEVICE_HARDWARE_ERROR}. */
    public static final int DEVICE_HARDWARE_ERROR = 483;
    /** {@code ERROR_ELEVATION_REQUIRED}. */
    public static final int ELEVATION_REQUIRED = 740;
    /** {@code ERROR_OPERATION_ABORTED}. */
    public static final int OPERATION_ABORTED = 995;
    /** {@code ERROR_IO_PENDING}. */
    public static final int IO_PENDING = 997;
    /** {@code ERROR_UNRECOGNIZED_VOLUME}. */
    public static final int UNRECOGNIZED_VOLUME = 1005;
    /** {@code ERROR_FILE_INVALID}. */
    public static final int FILE_INVALID = 1006;
    /** {@code ERROR_MEDIA_CHANGED}. */
    public static final int MEDIA_CHANGED = 1110;
    /** {@code ERROR_NO_MEDIA_IN_DRIVE}. */
    public static final int NO_MEDIA_IN_DRIVE = 1112;
    /** {@code ERROR_IO_DEVICE}. */
    public static final int IO_DEVICE = 1117;
    /** {@code ERROR_DISK_OPERATION_FAILED}. */
    public static final int DISK_OPERATION_FAILED = 1127;
    /** {@code ERROR_DEVICE_NOT_CONNECTED}. */
    public static final int DEVICE_NOT_CONNECTED = 1167;
    /** {@code ERROR_NETWORK_UNREACHABLE}. */
    public static final int NETWORK_UNREACHABLE = 1231;
    /** {@code ERROR_PRIVILEGE_NOT_HELD}. */
    public static final int PRIVILEGE_NOT_HELD = 1314;
    /** {@code ERROR_FILE_CORRUPT}. */
    public static final int FILE_CORRUPT = 1392;
    /** {@code ERROR_DISK_CORRUPT}. */
    public static final int DISK_CORRUPT = 1393;
    /** {@code ERROR_TIMEOUT}. */
    public static final int TIMEOUT = 1460;
    /** {@code ERROR_DEVICE_REMOVED}. */
    public static final int DEVICE_REMOVED = 1617;
    /** {@code ERROR_UNRECOGNIZED_MEDIA}. */
    public static final int UNRECOGNIZED_MEDIA = 1785;
    /** {@code E_ACCESSDENIED}. */
    public static final int E_ACCESSDENIED = 0x80070005;

    private ErrorCode() {
    }
}
