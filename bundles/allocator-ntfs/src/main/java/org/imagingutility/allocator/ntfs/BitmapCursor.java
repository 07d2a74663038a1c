package org.imagingutility.allocator.ntfs;

import org.imagingutility.api.allocator.ClusterFinder;
import org.imagingutility.api.allocator.ExtentPass;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.ntfs.structure.BootSector;

/** A pass over the clusters in use, and over what follows the last cluster. For one thread. */
final class BitmapCursor extends ExtentPass {
    private final NtfsAllocation allocation;
    private final ClusterFinder clusters;
    private final long deviceLength;
    /** Cluster behind the last extent. */
    private long position;

    /** Creates a pass over what {@code clusters}, which is its own, finds. */
    BitmapCursor(NtfsAllocation allocation, ClusterFinder clusters, long deviceLength) {
        this.allocation = allocation;
        this.clusters = clusters;
        this.deviceLength = deviceLength;
    }

    @Override
    protected boolean advance() throws ImagingException {
        BootSector boot = allocation.boot();
        if (end() == deviceLength) {
            return false;
        }
        long start = clusters.find(true, position);
        refuseReserved(position, start);
        position = clusters.find(false, start);
        // what follows the last cluster (the copy of the boot sector, surplus bytes) always counts as in use
        return found(start * boot.clusterSize(),
                position == boot.clusterCount() ? deviceLength : position * boot.clusterSize());
    }

    /** Refuses clusters {@code [from, to)}, which the bitmap has free, if one of them cannot be. */
    private void refuseReserved(long from, long to) throws FileSystemException {
        long wrong = allocation.reserved().firstIn(from, to);
        if (wrong >= 0) {
            throw allocation.bitmap().place(wrong / Byte.SIZE).wrong(0, "the bitmap has cluster " + wrong
                    + " free, which holds the boot sector, $MFT, $Bitmap itself or another file of the file system");
        }
    }
}
