package org.imagingutility.allocator.fat;

import java.util.Optional;
import org.imagingutility.api.allocator.ExtentPass;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.fat.FatReader;
import org.imagingutility.fs.fat.FatType;
import org.imagingutility.fs.fat.Layout;

/** A pass over what precedes the clusters, the clusters in use, and what follows the last one. For one thread. */
final class FatCursor extends ExtentPass {
    private final Layout layout;
    private final FatReader fats;
    private final long deviceLength;
    /** Cluster behind the last extent. */
    private long position = FatType.FIRST_CLUSTER;

    /** What is to be looked at before the first extent is said; empty if the FATs can be trusted, or were looked at. */
    private Optional<DirectoryTree> unchecked;

    /** Creates a pass over the volume on {@code device}; {@code check} if its FATs may lag behind its directories. */
    FatCursor(Device device, Layout layout, boolean check) {
        this.unchecked = check ? Optional.of(new DirectoryTree(device, layout)) : Optional.empty();
        this.layout = layout;
        this.fats = new FatReader(device, layout);
        this.deviceLength = device.length();
    }

    @Override
    protected boolean advance() throws ImagingException {
        if (end() == deviceLength) {
            return false;
        }
        if (unchecked.isPresent()) {
            unchecked.get().check();
            unchecked = Optional.empty();
        }
        // the first extent begins with the boot sector, whether or not the first cluster continues it
        boolean first = end() == 0;
        long start = first ? position : fats.find(true, position);
        position = fats.find(false, start);
        return found(first ? 0 : layout.offsetOf(start),
                position == layout.entryCount() ? deviceLength : layout.offsetOf(position));
    }
}
