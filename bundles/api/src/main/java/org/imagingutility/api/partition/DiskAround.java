package org.imagingutility.api.partition;

import java.util.List;

/**
 * What makes a disk of a volume: a partition table with one partition, which the volume is the content of.
 *
 * @param diskLength length of the disk in bytes, whole sectors
 * @param volumeOffset where the volume lies on it, bytes
 * @param writes what stands beside the volume; all else there is zeros
 */
public record DiskAround(long diskLength, long volumeOffset, List<TableWrite> writes) {

    /** Copies the list and checks the values. */
    public DiskAround {
        writes = List.copyOf(writes);
        if (volumeOffset < 0 || diskLength < volumeOffset) {
            throw new IllegalArgumentException("a volume at " + volumeOffset + " of a disk of " + diskLength + " bytes");
        }
    }
}
