package org.imagingutility.allocator.btrfs;

import org.imagingutility.allocator.btrfs.extent.Ranges;
import org.imagingutility.api.allocator.ExtentPass;
import org.imagingutility.api.error.ImagingException;

/** A pass over ranges of a device that do not touch. For one thread. */
final class BtrfsCursor extends ExtentPass {
    private final Ranges ranges;

    /** Creates a pass over {@code ranges}, which are its own. */
    BtrfsCursor(Ranges ranges) {
        this.ranges = ranges;
    }

    @Override
    protected boolean advance() throws ImagingException {
        return ranges.next() && found(ranges.start(), ranges.end());
    }
}
