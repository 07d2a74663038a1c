package org.imagingutility.device.volume;

import java.util.Optional;
import org.imagingutility.api.device.ClustersInUse;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.windows.io.DeviceHandle;
import org.imagingutility.windows.io.HandleDevice;

/** An open volume. */
final class VolumeDevice extends HandleDevice {
    private final VolumeReference volume;

    VolumeDevice(DeviceInfo info, DeviceHandle handle, VolumeReference volume) {
        super(info, handle);
        this.volume = volume;
    }

    @Override
    public Optional<ClustersInUse> clustersInUse() throws ImagingException {
        return VolumeClusters.of(info().reference(), handle(), volume.root(), length());
    }
}
