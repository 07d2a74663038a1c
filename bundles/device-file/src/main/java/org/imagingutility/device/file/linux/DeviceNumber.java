package org.imagingutility.device.file.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The number Linux knows a block device by.
 *
 * @param major number of the driver
 * @param minor number of the device
 */
public record DeviceNumber(long major, long minor) {

    /** Returns the number of the device node {@code path}. */
    public static DeviceNumber of(Path path) throws IOException {
        return ofRaw((Long) Files.getAttribute(path, "unix:rdev"));
    }

    /** Returns the number that sysfs spells {@code MAJOR:MINOR}. */
    public static DeviceNumber parse(String text) throws IOException {
        String[] parts = text.split(":");
        try {
            return new DeviceNumber(Long.parseLong(parts[0]), Long.parseLong(parts.length == 2 ? parts[1] : ""));
        } catch (NumberFormatException e) {
            throw new IOException("sysfs gives no device number: \"" + text + "\"", e);
        }
    }

    /** Takes a {@code dev_t} apart as the C library does: gnu_dev_major and gnu_dev_minor of sys/sysmacros.h. */
    public static DeviceNumber ofRaw(long device) {
        return new DeviceNumber(device >>> 8 & 0xFFF | device >>> 32 & ~0xFFFL,
                device & 0xFF | device >>> 12 & 0xFFFFFF00L);
    }

    /** Returns {@code MAJOR:MINOR}, as sysfs and mountinfo spell it. */
    @Override
    public String toString() {
        return major + ":" + minor;
    }
}
