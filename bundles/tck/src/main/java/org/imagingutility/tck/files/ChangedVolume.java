package org.imagingutility.tck.files;

import java.nio.ByteBuffer;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.VolumeDevice;

/** A volume of which one byte can be changed, and whose reads can be made to fail. Safe for use by several threads. */
final class ChangedVolume implements VolumeDevice {
    private final VolumeDevice volume;
    private long patchedOffset = -1;
    private byte patchedValue;
    private long readsUntilError = Long.MAX_VALUE;

    ChangedVolume(Device device) {
        this.volume = VolumeDevice.of(device);
    }

    /** Makes the byte at {@code offset}, and no other one any more, read as {@code value}. */
    synchronized void patch(long offset, byte value) {
        patchedOffset = offset;
        patchedValue = value;
    }

    synchronized void failReadsAfter(long count) {
        readsUntilError = count;
    }

    @Override
    public DeviceInfo info() {
        return volume.info();
    }

    @Override
    public synchronized void read(long offset, ByteBuffer target) throws ImagingException {
        if (readsUntilError-- <= 0) {
            throw new DeviceException(info().reference(), offset, "injected read error", null, null);
        }
        int begin = target.position();
        volume.read(offset, target);
        if (patchedOffset >= offset && patchedOffset < offset + (target.position() - begin)) {
            target.put(begin + (int) (patchedOffset - offset), patchedValue);
        }
    }

    @Override
    public void close() throws ImagingException {
        volume.close();
    }
}
