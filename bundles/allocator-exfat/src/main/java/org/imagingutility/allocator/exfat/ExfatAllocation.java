package org.imagingutility.allocator.exfat;

import java.util.List;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.AllocationBasis;
import org.imagingutility.api.allocator.ClusterFinder;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.allocator.UnitedClusters;
import org.imagingutility.api.allocator.VolumeState;
import org.imagingutility.api.allocator.WholeDevicePass;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.device.Device;
import org.imagingutility.fs.exfat.BootSector;
import org.imagingutility.fs.exfat.Chain;

/**
 * The clusters in use on one volume. Immutable; each cursor has buffers of its own.
 *
 * @param device the device the volume is on, from its first byte on
 * @param info what is known of the volume
 * @param warnings what the user should know of its state
 * @param boot its boot sector
 * @param bitmap clusters of its active bitmap, with a bit for each cluster
 * @param activeFat number of the FAT that counts
 * @param reserved clusters the bitmap must have in use
 * @param state whether the volume is in order; if not, what directories refer to counts as well, or all blocks
 */
record ExfatAllocation(Device device, FileSystemInfo info, List<String> warnings, BootSector boot, Chain bitmap,
        int activeFat, ReservedClusters reserved, VolumeState state) implements Allocation {

    @Override
    public ExtentCursor extents() {
        if (state.basis() == AllocationBasis.ALL_BLOCKS) {
            return new WholeDevicePass(device.length());
        }
        ClusterFinder recorded = new BitmapReader(new AlignedReader(device), bitmap, boot.endCluster());
        return new ExfatCursor(this, state.inOrder() ? recorded : new UnitedClusters(recorded,
                new DirectoryTree(device, boot, activeFat, reserved), BootSector.FIRST_CLUSTER, boot.endCluster()));
    }
}
