package org.imagingutility.allocator.ntfs;

import org.imagingutility.api.device.AlignedReader;

/**
 * What is needed to find something on the volume. For one thread.
 *
 * @param reader reads the device
 * @param boot the boot sector
 */
record Volume(AlignedReader reader, BootSector boot) {

    /** Returns an empty run list for data on this volume. */
    RunList newRunList() {
        return new RunList(boot.clusterCount());
    }

    /** Returns the bytes in {@code runs}. */
    DataStream stream(RunList runs) {
        return new DataStream(reader.deviceName(), boot.clusterSize(), runs);
    }

    /** Returns how many bytes the clusters of {@code runs} have. */
    long bytesOf(RunList runs) {
        return runs.length() * boot.clusterSize();
    }
}
