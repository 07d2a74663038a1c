package org.imagingutility.engine.source;

import java.util.function.BiConsumer;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceProvider;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.engine.plugin.Plugins;

/** The devices that providers find by themselves. */
public final class ListedDevices {
    private ListedDevices() {
    }

    /**
     * Passes on each device of each provider. A provider that cannot list its own (a server that is away) is passed over and
     * {@code monitor} is told, so that the devices of others are found.
     *
     * @throws ImagingException the first error, if no provider could list its own
     */
    public static void each(Plugins plugins, JobMonitor monitor, BiConsumer<DeviceProvider, DeviceInfo> found)
            throws ImagingException {
        ImagingException first = null;
        boolean listed = false;
        for (DeviceProvider provider : plugins.deviceProviders().all()) {
            try {
                for (DeviceInfo info : provider.list()) {
                    found.accept(provider, info);
                }
                listed = true;
            } catch (ImagingException e) {
                first = first == null ? e : first;
                monitor.notice("the devices of provider " + provider.name() + " are not listed: " + e.getMessage());
            }
        }
        if (first != null && !listed) {
            throw first;
        }
    }
}
