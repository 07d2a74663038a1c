package org.imagingutility.api.partition;

import java.util.Objects;

/**
 * One partition, as its table tells. Where a table says something impossible of it, it may end behind the disk; then a
 * warning of the table says so.
 *
 * @param number as the table and operating systems count, from 1 on; logical partitions from 5 on
 * @param role what it is to its table
 * @param offset first byte on the disk
 * @param length bytes, positive
 * @param type type code ({@code 0x07}) or type GUID (upper case, with hyphens)
 * @param typeName name of the type as users know it, empty if it is not known
 * @param name the name it has in the table, empty if none
 * @param uniqueGuid its own GUID, upper case with hyphens; empty in a master boot record
 * @param flags attributes of a GUID partition entry, or the status byte of a master boot record's; an unsigned number
 * @param bootable whether the table marks it as the one to boot from by a legacy BIOS
 */
public record Partition(int number, PartitionRole role, long offset, long length, String type, String typeName,
        String name, String uniqueGuid, long flags, boolean bootable) {

    /** Checks the values. */
    public Partition {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(typeName, "typeName");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(uniqueGuid, "uniqueGuid");
        if (number < 1) {
            throw new IllegalArgumentException("partition number " + number + " is not positive");
        }
        if (offset < 0 || length < 1 || offset > Long.MAX_VALUE - length) {
            throw new IllegalArgumentException("partition " + number + ": no range: " + offset + "+" + length);
        }
    }

    /** Returns the first byte behind it. */
    public long end() {
        return offset + length;
    }
}
