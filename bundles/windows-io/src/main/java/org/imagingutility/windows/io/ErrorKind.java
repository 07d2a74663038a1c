package org.imagingutility.windows.io;

/** What error codes of Windows (winerror.h) mean for who reads and writes devices. */
public enum ErrorKind {
    /** The user may not. */
    NOT_PERMITTED(null),
    /** Somebody else has it. */
    IN_USE("close the programs that have files open there, or that image or check it"),
    /** There is nothing of that name. */
    NOT_FOUND("look at the list of devices (imaging list)"),
    /** It was there and is not any more. */
    GONE("connect it again; then go on with --resume"),
    /** A drive without a medium. */
    NO_MEDIUM("insert a medium"),
    /** It cannot be written. */
    WRITE_PROTECTED("take the write protection away (the switch of the medium; attributes of the disk in diskpart)"),
    /** BitLocker has it locked. */
    ENCRYPTED("unlock it first: manage-bde -unlock"),
    /** A place on it cannot be transferred. */
    UNREADABLE(null),
    /** There is no room. */
    FULL("free space there, or choose another target"),
    /** It was cancelled. */
    CANCELLED(null),
    /** It did not answer in time, or the way to it failed: the same may succeed a while later. */
    PASSING(null),
    /** All else. */
    OTHER(null);

    /** The facility of BitLocker in an HRESULT: FACILITY_FVE, 0x8031xxxx. */
    private static final int FACILITY_FVE = 0x8031;

    private final String remedy;

    ErrorKind(String remedy) {
        this.remedy = remedy;
    }

    /** Returns what the user can do, or null. */
    public String remedy() {
        return remedy;
    }

    /** Returns the kind of an error code. */
    public static ErrorKind of(int code) {
        if (code >>> 16 == FACILITY_FVE) {
            return ENCRYPTED;
        }
        return switch (code) {
            case ErrorCode.ACCESS_DENIED, ErrorCode.NETWORK_ACCESS_DENIED, ErrorCode.ELEVATION_REQUIRED,
                    ErrorCode.PRIVILEGE_NOT_HELD, ErrorCode.E_ACCESSDENIED -> NOT_PERMITTED;
            case ErrorCode.SHARING_VIOLATION, ErrorCode.LOCK_VIOLATION, ErrorCode.DRIVE_LOCKED, ErrorCode.BUSY -> IN_USE;
            case ErrorCode.FILE_NOT_FOUND, ErrorCode.PATH_NOT_FOUND, ErrorCode.INVALID_DRIVE, ErrorCode.BAD_UNIT,
                    ErrorCode.INVALID_NAME, ErrorCode.BAD_PATHNAME -> NOT_FOUND;
            case ErrorCode.DEV_NOT_EXIST, ErrorCode.NETNAME_DELETED, ErrorCode.NO_SUCH_DEVICE, ErrorCode.DEVICE_NOT_CONNECTED,
                    ErrorCode.DEVICE_REMOVED, ErrorCode.INVALID_HANDLE, ErrorCode.MEDIA_CHANGED, ErrorCode.WRONG_DISK,
                    ErrorCode.FILE_INVALID -> GONE;
            case ErrorCode.NOT_READY, ErrorCode.NO_MEDIA_IN_DRIVE -> NO_MEDIUM;
            case ErrorCode.WRITE_PROTECT -> WRITE_PROTECTED;
            case ErrorCode.CRC, ErrorCode.SECTOR_NOT_FOUND, ErrorCode.SEEK, ErrorCode.READ_FAULT, ErrorCode.WRITE_FAULT,
                    ErrorCode.GEN_FAILURE, ErrorCode.IO_DEVICE, ErrorCode.DEVICE_HARDWARE_ERROR, ErrorCode.FILE_CORRUPT,
                    ErrorCode.DISK_CORRUPT, ErrorCode.UNRECOGNIZED_MEDIA, ErrorCode.DISK_OPERATION_FAILED -> UNREADABLE;
            case ErrorCode.DISK_FULL, ErrorCode.HANDLE_DISK_FULL -> FULL;
            case ErrorCode.OPERATION_ABORTED -> CANCELLED;
            case ErrorCode.SEM_TIMEOUT, ErrorCode.TIMEOUT, ErrorCode.UNEXP_NET_ERR, ErrorCode.BAD_NETPATH,
                    ErrorCode.NETWORK_UNREACHABLE -> PASSING;
            default -> OTHER;
        };
    }
}
