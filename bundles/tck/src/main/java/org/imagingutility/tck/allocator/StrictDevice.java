package org.imagingutility.tck.allocator;

import java.nio.ByteBuffer;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.tck.Content;
import org.imagingutility.tck.device.MemoryDevice;

/** Another device behind checks of how it is used; one byte can be changed and reads can be made to fail. */
final class StrictDevice implements Device {
    private final Device device;
    private long patchedOffset = -1;
    private byte patchedValue;
    private long readsUntilError = Long.MAX_VALUE;

    StrictDevice(Device device) {
        this.device = device;
    }

    /** Makes the byte at {@code offset}, and no other one any more, read as {@code value}. */
    synchronized void patch(long offset, byte value) {
        patchedOffset = offset;
        patchedValue = value;
    }

    synchronized void failReadsAfter(long count) {
        readsUntilError = count;
    }

    /** Reads the first {@code length} bytes, or all if there are fewer. */
    static byte[] readBegin(Device device, int length) throws ImagingException {
        ByteBuffer target = Content.aligned((int) Math.min(length, device.length()));
        device.read(0, target);
        return Content.bytes(target.flip());
    }

    @Override
    public DeviceInfo info() {
        return device.info();
    }

    @Override
    public synchronized void read(long offset, ByteBuffer target) throws ImagingException {
        MemoryDevice.checkRange(info(), offset, target);
        if (readsUntilError-- <= 0) {
            throw new DeviceException(info().reference(), offset, "injected read error", null, null);
        }
        int begin = target.position();
        device.read(offset, target);
        if (patchedOffset >= offset && patchedOffset < offset + (target.position() - begin)) {
            target.put(begin + (int) (patchedOffset - offset), patchedValue);
        }
    }

    @Override
    public long nextData(long offset) throws ImagingException {
        return device.nextData(offset);
    }

    @Override
    public void close() throws ImagingException {
        device.close();
    }
}
