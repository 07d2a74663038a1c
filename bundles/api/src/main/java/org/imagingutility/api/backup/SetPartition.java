package org.imagingutility.api.backup;

import java.util.Objects;
import java.util.Optional;
import org.imagingutility.api.partition.PartitionRole;

/**
 * One partition of a backup set.
 *
 * @param index number of the partition; 0 for a disk without a table
 * @param role what it is to its table; an extended partition has no content of its own
 * @param offset first byte on the disk
 * @param length bytes, positive; where the table says that the partition ends behind the disk, what is there of it
 * @param table type as people read it ({@code GPT: Microsoft basic data}), empty if unknown
 * @param typeCode type code ({@code 0x07}) or type GUID; empty if the manifest does not say
 * @param name name in the table, empty if none
 * @param uniqueGuid its own GUID, upper case with hyphens; empty if none
 * @param flags attributes or status byte, an unsigned number
 * @param bootable whether the table marks it as the one to boot from by a legacy BIOS
 * @param driveLetter where Windows had it ({@code C:}), empty if nowhere
 * @param fileSystem name of the file system, empty if none was recognised
 * @param label volume label, empty if none
 * @param serial serial number of the volume, empty if none
 * @param artefact what holds its content; empty for an extended partition, or if the set lacks it
 */
public record SetPartition(int index, PartitionRole role, long offset, long length, String table, String typeCode,
        String name, String uniqueGuid, long flags, boolean bootable, String driveLetter, String fileSystem, String label,
        String serial, Optional<SetArtefact> artefact) {

    /** Checks the values. */
    public SetPartition {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(typeCode, "typeCode");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(uniqueGuid, "uniqueGuid");
        Objects.requireNonNull(driveLetter, "driveLetter");
        Objects.requireNonNull(fileSystem, "fileSystem");
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(serial, "serial");
        Objects.requireNonNull(artefact, "artefact");
        if (index < 0) {
            throw new IllegalArgumentException("index " + index + " is negative");
        }
        if (offset < 0 || length < 1 || offset > Long.MAX_VALUE - length) {
            throw new IllegalArgumentException("partition " + index + ": no range: " + offset + "+" + length);
        }
    }

    /** Returns the first byte behind it. */
    public long end() {
        return offset + length;
    }
}
