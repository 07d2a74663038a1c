package org.imagingutility.api.backup;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * The disk a backup set was made of.
 *
 * @param number number of the disk where the system counts its disks, if it was named by that
 * @param device reference it was opened by, empty if the manifest does not say
 * @param label model or the like, empty if unknown
 * @param length bytes, not negative
 * @param sectorSize bytes of a sector as the partition table counts; 0 if the manifest does not say
 * @param tableKind {@code mbr}, {@code gpt}, {@code hybrid} or {@code none}; empty if the manifest does not say
 * @param guid GUID of the disk, upper case with hyphens; empty if it has none
 * @param signature signature of the master boot record ({@code 0x0badcafe}); empty if it has none
 */
public record DiskFacts(OptionalInt number, String device, String label, long length, int sectorSize, String tableKind,
        String guid, String signature) {

    /** Checks the values. */
    public DiskFacts {
        Objects.requireNonNull(number, "number");
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(tableKind, "tableKind");
        Objects.requireNonNull(guid, "guid");
        Objects.requireNonNull(signature, "signature");
        if (length < 0 || sectorSize < 0) {
            throw new IllegalArgumentException("length " + length + ", sector size " + sectorSize);
        }
    }
}
