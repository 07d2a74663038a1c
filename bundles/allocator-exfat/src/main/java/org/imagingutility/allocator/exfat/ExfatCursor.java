package org.imagingutility.allocator.exfat;

import org.imagingutility.api.allocator.ClusterFinder;
import org.imagingutility.api.allocator.ExtentPass;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.exfat.BootSector;
import org.imagingutility.fs.exfat.Place;

/** A pass over what precedes the clusters, the clusters in use, and what follows the last one. For one thread. */
final class ExfatCursor extends ExtentPass {
    private final ExfatAllocation allocation;
    private final ClusterFinder clusters;
    private final long deviceLength;
    /** Cluster behind the last extent. */
    private long position = BootSector.FIRST_CLUSTER;

    /** Creates a pass over what {@code clusters}, which is its own, finds. */
    ExfatCursor(ExfatAllocation allocation, ClusterFinder clusters) {
        this.allocation = allocation;
        this.clusters = clusters;
        this.deviceLength = allocation.device().length();
    }

    @Override
    protected boolean advance() throws ImagingException {
        if (end() == deviceLength) {
            return false;
        }
        BootSector boot = allocation.boot();
        // the first extent begins with the boot sector, whether or not the first cluster continues it
        boolean first = end() == 0;
        long start = first ? position : clusters.find(true, position);
        refuseReserved(position, start);
        position = clusters.find(false, start);
        return found(first ? 0 : boot.offsetOf(start),
                position == boot.endCluster() ? deviceLength : boot.offsetOf(position));
    }

    /** Refuses clusters {@code [from, to)}, which the bitmap has free, if one of them cannot be. */
    private void refuseReserved(long from, long to) throws FileSystemException {
        long wrong = allocation.reserved().firstIn(from, to);
        if (wrong >= 0) {
            throw new Place(allocation.device().info().reference(),
                    allocation.bitmap().deviceOffset(BitmapReader.positionOf(wrong))).wrong(0, "the bitmap has cluster "
                    + wrong + " free, which holds the root directory, the bitmap itself or the up-case table");
        }
    }
}
