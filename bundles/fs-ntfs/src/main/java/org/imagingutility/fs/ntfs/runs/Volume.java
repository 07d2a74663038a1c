package org.imagingutility.fs.ntfs.runs;

import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.fs.ntfs.structure.BootSector;
import org.imagingutility.fs.ntfs.structure.Place;

/**
 * What is needed to find something on the volume. For one thread.
 *
 * @param reader reads the device
 * @param boot the boot sector
 * @param start where the first byte of the volume stands
 */
public record Volume(AlignedReader reader, BootSector boot, Place start) {

    /** Returns an empty run list for data on this volume. */
    public RunList newRunList() {
        return new RunList(boot.clusterCount());
    }

    /** Returns the bytes in {@code runs}. */
    public DataStream stream(RunList runs) {
        return new DataStream(start, boot.clusterSize(), runs);
    }

    /** Returns how many bytes the clusters of {@code runs} have. */
    public long bytesOf(RunList runs) {
        return runs.length() * boot.clusterSize();
    }
}
