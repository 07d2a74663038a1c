package org.imagingutility.allocator.fat;

import org.imagingutility.api.ExtentList;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.tck.allocator.ExtentsInUse;

/** The extents of volumes that are recognised. */
final class Extents {
    private Extents() {
    }

    /** Recognises the volume and returns its extents. */
    static ExtentList of(Device device) throws ImagingException {
        return ExtentsInUse.of(new FatAllocator(), device);
    }
}
