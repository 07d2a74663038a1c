package org.imagingutility.allocator.ntfs;

import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.device.Device;

/**
 * The clusters in use on one volume. Immutable; each cursor has buffers of its own.
 *
 * @param device the device the volume is on, from its first byte on
 * @param info what is known of the volume
 * @param boot its boot sector
 * @param bitmap its bitmap, with a bit for each cluster
 * @param reserved clusters the bitmap must have in use
 */
record NtfsAllocation(Device device, FileSystemInfo info, BootSector boot, DataStream bitmap,
        ReservedClusters reserved) implements Allocation {

    @Override
    public ExtentCursor extents() {
        return new BitmapCursor(this, new AlignedReader(device));
    }
}
