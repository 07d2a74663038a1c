package org.imagingutility.allocator.ntfs;

import java.util.List;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.allocator.TouchedFile;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.ImagingException;

/**
 * The clusters in use on one volume, and the files they belong to. Immutable; each cursor, and each look for files, has
 * buffers of its own.
 *
 * @param device the device the volume is on, from its first byte on
 * @param info what is known of the volume
 * @param boot its boot sector
 * @param mft its master file table
 * @param bitmap its bitmap, with a bit for each cluster
 * @param reserved clusters the bitmap must have in use
 */
record NtfsAllocation(Device device, FileSystemInfo info, BootSector boot, MftTable mft, DataStream bitmap,
        ReservedClusters reserved) implements Allocation {

    @Override
    public ExtentCursor extents() {
        return new BitmapCursor(this, new AlignedReader(device));
    }

    /** Returns those found first, by number of their records, where more than {@code limit} files are touched. */
    @Override
    public List<TouchedFile> filesIn(ExtentList ranges, int limit) throws ImagingException {
        return new FileFinder(new Volume(new AlignedReader(device), boot), mft, ranges, limit).find();
    }

    @Override
    public ExtentList telltale() throws ImagingException {
        return Telltale.of(new Volume(new AlignedReader(device), boot), mft);
    }
}
