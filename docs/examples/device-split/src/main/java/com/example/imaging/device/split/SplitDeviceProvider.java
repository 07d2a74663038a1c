package com.example.imaging.device.split;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceProvider;
import org.imagingutility.api.device.TargetOptions;
import org.imagingutility.api.device.WritableDevice;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.osgi.service.component.annotations.Component;

/**
 * Raw dumps in several files, as {@code split -d} and forensic tools write them: {@code split:disk.001} is the device whose
 * bytes are those of disk.001, disk.002 and so on. Used by several threads at once; it has no state.
 *
 * <p>The ranking is above that of the provider for files, which takes any reference that could be a path.
 */
@Component(property = "service.ranking:Integer=10")
public final class SplitDeviceProvider implements DeviceProvider {
    private static final String PREFIX = "split:";

    /** Creates the provider. */
    public SplitDeviceProvider() {
    }

    @Override
    public String name() {
        return "split";
    }

    /** {@inheritDoc} None: dumps are found by their name only. */
    @Override
    public List<DeviceInfo> list() {
        return List.of();
    }

    @Override
    public boolean accepts(String reference) {
        return reference.startsWith(PREFIX);
    }

    @Override
    public Device open(String reference) throws ImagingException {
        try {
            return SplitDevice.open(reference, Pieces.from(reference, Path.of(reference.substring(PREFIX.length()))));
        } catch (InvalidPathException e) {
            throw new DeviceException(reference, -1, "this is no path: " + e.getMessage(), null, e);
        }
    }

    @Override
    public WritableDevice openTarget(String reference, TargetOptions options) throws ImagingException {
        throw new TargetException(reference, -1, "split dumps are read only", "restore to a file or device", null);
    }
}
