package org.imagingutility.engine;

import java.util.List;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceProvider;
import org.imagingutility.api.device.TargetOptions;
import org.imagingutility.api.device.WritableDevice;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.tck.device.FaultyDevice;
import org.imagingutility.tck.device.ForwardingDevice;

/** Provides one disk that fails as a test wants it, under the reference {@code faulty:disk}; can be opened again and again. */
final class FaultyDisk implements DeviceProvider {
    static final String REFERENCE = "faulty:disk";
    private final FaultyDevice device;

    FaultyDisk(byte[] content, int sectorSize) {
        device = new FaultyDevice(REFERENCE, content, sectorSize);
    }

    FaultyDevice device() {
        return device;
    }

    @Override
    public String name() {
        return "faulty";
    }

    @Override
    public List<DeviceInfo> list() {
        return List.of(device.info());
    }

    @Override
    public boolean accepts(String reference) {
        return reference.equals(REFERENCE);
    }

    @Override
    public Device open(String reference) {
        return new ForwardingDevice(device) {
            @Override
            public void close() {
                // the disk stays for the next one who opens it
            }
        };
    }

    @Override
    public WritableDevice openTarget(String reference, TargetOptions options) throws TargetException {
        throw new TargetException(reference, -1, "is read-only", null, null);
    }
}
