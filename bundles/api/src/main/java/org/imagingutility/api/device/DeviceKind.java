package org.imagingutility.api.device;

/** What stands behind a device. */
public enum DeviceKind {
    /** A raw image in a file. */
    FILE,
    /** A whole disk. */
    DISK,
    /** A partition of a disk. */
    PARTITION,
    /** A volume of the operating system that is no plain partition: a loop, mapper or RAID device, a Windows volume. */
    VOLUME,
    /** A frozen view of a volume. */
    SNAPSHOT
}
