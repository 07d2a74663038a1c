package org.imagingutility.windows.io;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;

/**
 * A drive, volume or snapshot that is read past the cache of Windows, right into the buffers it is given: each thread that reads has
 * a request of its own under way.
 */
public class HandleDevice implements Device {
    private final DeviceInfo info;
    private final DeviceHandle handle;

    /**
     * Creates the device.
     *
     * @param handle opened unbuffered and to be read; closed with this
     */
    public HandleDevice(DeviceInfo info, DeviceHandle handle) {
        this.info = info;
        this.handle = handle;
    }

    @Override
    public final DeviceInfo info() {
        return info;
    }

    /** Returns the open handle. */
    protected final DeviceHandle handle() {
        return handle;
    }

    @Override
    public void read(long offset, ByteBuffer target) throws ImagingException {
        Ranges.check(info, info.length(), offset, target);
        int begin = target.position();
        long address = handle.kernel().address(target);
        try {
            while (target.hasRemaining()) {
                long at = offset + (target.position() - begin);
                int count = transfer(at, address + target.position(), target.remaining());
                // part of a sector is what is left of a device that ended
                int whole = Math.min(count, target.remaining()) / info.sectorSize() * info.sectorSize();
                if (whole == 0) {
                    throw DeviceException.deviceChanged(info.reference(), at + count, "the device ends here, " + info.length()
                            + " bytes were expected: it shrank, or was dismounted, while it was being read", null, null);
                }
                target.position(target.position() + whole);
            }
        } finally {
            Reference.reachabilityFence(target);
        }
    }

    private int transfer(long offset, long address, int length) throws ImagingException {
        try {
            return handle.read(offset, address, length);
        } catch (WindowsException e) {
            throw WindowsErrors.reading(info.reference(), offset, e);
        }
    }

    @Override
    public final void cancelRead(ByteBuffer target) {
        handle.cancel(handle.kernel().address(target), target.capacity());
        Reference.reachabilityFence(target);
    }

    @Override
    public void close() throws ImagingException {
        handle.close();
    }
}
