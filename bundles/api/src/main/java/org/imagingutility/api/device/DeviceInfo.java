package org.imagingutility.api.device;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of a device without reading its content.
 *
 * @param reference what a user types to name it; never empty
 * @param kind what stands behind it
 * @param length bytes, not negative; need not be a multiple of the sector size (raw image files)
 * @param sectorSize smallest unit of transfer in bytes, a power of two from 512 to 65536
 * @param label model, volume label or the like; empty if nothing is known
 * @param parent reference of the disk a partition is part of
 * @param mountPoints where the operating system has it mounted; empty if nowhere
 * @param readOnly whether the operating system refuses writes
 */
public record DeviceInfo(String reference, DeviceKind kind, long length, int sectorSize, String label,
        Optional<String> parent, List<String> mountPoints, boolean readOnly) {

    /** Checks the values. */
    public DeviceInfo {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(parent, "parent");
        mountPoints = List.copyOf(mountPoints);
        if (reference.isEmpty()) {
            throw new IllegalArgumentException("reference is empty");
        }
        if (length < 0) {
            throw new IllegalArgumentException("length " + length + " is negative");
        }
        if (sectorSize < 512 || sectorSize > 65536 || Integer.bitCount(sectorSize) != 1) {
            throw new IllegalArgumentException("sector size " + sectorSize + " is no power of two from 512 to 65536");
        }
    }
}
