package org.imagingutility.windows.io;

/** Control codes of winioctl.h. */
public enum ControlCode {
    /** {@code FSCTL_LOCK_VOLUME}. */
    FSCTL_LOCK_VOLUME(0x90018),
    /** {@code FSCTL_UNLOCK_VOLUME}. */
    FSCTL_UNLOCK_VOLUME(0x9001C),
    /** {@code FSCTL_DISMOUNT_VOLUME}. */
    FSCTL_DISMOUNT_VOLUME(0x90020),
    /** {@code FSCTL_GET_NTFS_VOLUME_DATA}. */
    FSCTL_GET_NTFS_VOLUME_DATA(0x90064),
    /** {@code FSCTL_GET_VOLUME_BITMAP}. */
    FSCTL_GET_VOLUME_BITMAP(0x9006F),
    /** {@code FSCTL_ALLOW_EXTENDED_DASD_IO}. */
    FSCTL_ALLOW_EXTENDED_DASD_IO(0x90083),
    /** {@code FSCTL_GET_RETRIEVAL_POINTER_BASE}. */
    FSCTL_GET_RETRIEVAL_POINTER_BASE(0x90234),
    /** {@code IOCTL_DISK_IS_WRITABLE}. */
    IOCTL_DISK_IS_WRITABLE(0x70024),
    /** {@code IOCTL_DISK_GET_DRIVE_GEOMETRY_EX}. */
    IOCTL_DISK_GET_DRIVE_GEOMETRY_EX(0x700A0),
    /** {@code IOCTL_DISK_UPDATE_PROPERTIES}. */
    IOCTL_DISK_UPDATE_PROPERTIES(0x70140),
    /** {@code IOCTL_DISK_GET_LENGTH_INFO}. */
    IOCTL_DISK_GET_LENGTH_INFO(0x7405C),
    /** {@code IOCTL_STORAGE_GET_DEVICE_NUMBER}. */
    IOCTL_STORAGE_GET_DEVICE_NUMBER(0x2D1080),
    /** {@code IOCTL_STORAGE_QUERY_PROPERTY}. */
    IOCTL_STORAGE_QUERY_PROPERTY(0x2D1400),
    /** {@code IOCTL_STORAGE_CHECK_VERIFY}. */
    IOCTL_STORAGE_CHECK_VERIFY(0x2D4800),
    /** {@code IOCTL_VOLUME_GET_VOLUME_DISK_EXTENTS}. */
    IOCTL_VOLUME_GET_VOLUME_DISK_EXTENTS(0x560000);

    private final int value;

    ControlCode(int value) {
        this.value = value;
    }

    /** Returns what {@code DeviceIoControl} takes. */
    public int value() {
        return value;
    }
}
