package org.imagingutility.engine.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceProvider;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.DeviceListing;
import org.imagingutility.engine.plugin.Plugins;

/** Looks at every device that can be found. */
public final class DeviceList {
    private DeviceList() {
    }

    /** Lists the devices of all providers with the file systems on them. */
    public static List<DeviceListing> of(Plugins plugins) throws ImagingException {
        List<DeviceListing> listings = new ArrayList<>();
        for (DeviceProvider provider : plugins.deviceProviders().all()) {
            for (DeviceInfo info : provider.list()) {
                listings.add(look(plugins, provider, info));
            }
        }
        return listings;
    }

    private static DeviceListing look(Plugins plugins, DeviceProvider provider, DeviceInfo info) {
        try (Device device = provider.open(info.reference())) {
            Optional<FileSystemInfo> fileSystem = Recognition.find(plugins, device, false)
                    .map(recognition -> recognition.allocation().info());
            return new DeviceListing(provider.name(), info, fileSystem, Optional.empty());
        } catch (ImagingException e) {
            return new DeviceListing(provider.name(), info, Optional.empty(), Optional.of(e.getMessage()));
        }
    }
}
