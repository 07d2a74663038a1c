package org.imagingutility.allocator.fat;

import org.imagingutility.api.allocator.ExtentPass;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.ImagingException;

/** A pass over what precedes the clusters, the clusters in use, and what follows the last one. For one thread. */
final class FatCursor extends ExtentPass {
    private final Layout layout;
    private final FatReader fats;
    private final long deviceLength;
    /** Cluster behind the last extent. */
    private long position = FatType.FIRST_CLUSTER;

    /** Creates a pass over the volume on {@code device}. */
    FatCursor(Device device, Layout layout) {
        this.layout = layout;
        this.fats = new FatReader(device, layout);
        this.deviceLength = device.length();
    }

    @Override
    protected boolean advance() throws ImagingException {
        if (end() == deviceLength) {
            return false;
        }
        // the first extent begins with the boot sector, whether or not the first cluster continues it
        boolean first = end() == 0;
        long start = first ? position : fats.find(true, position);
        position = fats.find(false, start);
        return found(first ? 0 : layout.offsetOf(start),
                position == layout.entryCount() ? deviceLength : layout.offsetOf(position));
    }
}
