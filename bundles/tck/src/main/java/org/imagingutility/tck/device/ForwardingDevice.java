package org.imagingutility.tck.device;

import java.nio.ByteBuffer;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.error.ImagingException;

/** A device that does what another one does; what is to be otherwise is overridden. As safe for several threads as the other. */
public class ForwardingDevice implements Device {
    private final Device device;

    /** Creates one that asks {@code device}. */
    public ForwardingDevice(Device device) {
        this.device = device;
    }

    @Override
    public DeviceInfo info() {
        return device.info();
    }

    @Override
    public void read(long offset, ByteBuffer target) throws ImagingException {
        device.read(offset, target);
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
