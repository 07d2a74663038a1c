package org.imagingutility.allocator.exfat;

import java.util.List;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.device.Device;

/**
 * The clusters in use on one volume. Immutable; each cursor has buffers of its own.
 *
 * @param device the device the volume is on, from its first byte on
 * @param info what is known of the volume
 * @param warnings what the user should know of its state
 * @param boot its boot sector
 * @param bitmap clusters of its active bitmap, with a bit for each cluster
 * @param reserved clusters the bitmap must have in use
 */
record ExfatAllocation(Device device, FileSystemInfo info, List<String> warnings, BootSector boot, Chain bitmap,
        ReservedClusters reserved) implements Allocation {

    @Override
    public ExtentCursor extents() {
        return new ExfatCursor(this, new AlignedReader(device));
    }
}
