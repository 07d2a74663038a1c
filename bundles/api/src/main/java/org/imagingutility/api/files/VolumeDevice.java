package org.imagingutility.api.files;

import java.nio.ByteBuffer;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.ImagingException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The bytes of a volume: a device, a partition, a raw file, or what an image holds of them. Read by several threads at once, and in any
 * order. Unlike other devices it takes any range and any buffer; what demands whole sectors ({@link org.imagingutility.api.device.AlignedReader})
 * works on it as well.
 */
@ProviderType
public interface VolumeDevice extends Device {

    /**
     * Reads {@code target.remaining()} bytes from {@code offset} on and moves the target's position to its limit. Range and buffer may be
     * any, direct or not.
     *
     * @throws org.imagingutility.api.error.DeviceException if not all of them can be had; its offset is the first byte that cannot, as far as
     *         that is known. The target's content is then undefined
     * @throws IllegalArgumentException if the range is outside the device
     */
    @Override
    void read(long offset, ByteBuffer target) throws ImagingException;

    /**
     * Returns a view of {@code device} that takes any range and any buffer, by way of a buffer of its own where the device does not. Closing it
     * closes the device.
     */
    static VolumeDevice of(Device device) {
        return device instanceof VolumeDevice volume ? volume : new AnyRangeDevice(device);
    }
}
