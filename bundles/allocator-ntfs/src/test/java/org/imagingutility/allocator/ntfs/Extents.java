package org.imagingutility.allocator.ntfs;

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
        return ExtentsInUse.of(new NtfsAllocator(), device);
    }

    /** Returns what the bitmap of {@code volume} means. */
    static ExtentList model(VolumeBuilder volume) {
        return ExtentsInUse.model(volume.inUse, volume.clusterCount, volume.clusterSize, volume.deviceLength());
    }
}
