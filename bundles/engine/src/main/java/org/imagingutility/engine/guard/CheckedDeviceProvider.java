package org.imagingutility.engine.guard;

import java.util.List;
import java.util.OptionalInt;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceProvider;
import org.imagingutility.api.device.TargetOptions;
import org.imagingutility.api.device.WritableDevice;
import org.imagingutility.api.error.ImagingException;

/** Guards a {@link DeviceProvider} and what it opens. */
public final class CheckedDeviceProvider implements DeviceProvider {
    private final GuardedPlugin plugin;
    private final DeviceProvider provider;
    private final boolean acceptsAny;

    /** Creates the guard; {@code acceptsAny} is what the plug-in says. */
    public CheckedDeviceProvider(GuardedPlugin plugin, DeviceProvider provider, boolean acceptsAny) {
        this.plugin = plugin;
        this.provider = provider;
        this.acceptsAny = acceptsAny;
    }

    @Override
    public String name() {
        return plugin.name();
    }

    @Override
    public List<DeviceInfo> list() throws ImagingException {
        try {
            return plugin.complete("DeviceProvider.list", provider.list());
        } catch (RuntimeException | Error e) {
            throw plugin.failed("DeviceProvider.list", e);
        }
    }

    @Override
    public OptionalInt diskNumber(String reference) {
        OptionalInt number;
        try {
            number = provider.diskNumber(reference);
        } catch (RuntimeException | Error e) {
            throw plugin.carried("DeviceProvider.diskNumber", e);
        }
        if (number == null || number.isPresent() && number.getAsInt() < 0) {
            throw new CarriedException(plugin.violated("DeviceProvider.diskNumber", "of \"" + reference + "\" returned " + number));
        }
        return number;
    }

    @Override
    public boolean accepts(String reference) {
        try {
            return provider.accepts(reference);
        } catch (RuntimeException | Error e) {
            throw plugin.carried("DeviceProvider.accepts", e);
        }
    }

    @Override
    public boolean acceptsAny() {
        return acceptsAny;
    }

    @Override
    public Device open(String reference) throws ImagingException {
        try {
            return new CheckedDevice(plugin, plugin.present("DeviceProvider.open", provider.open(reference)));
        } catch (RuntimeException | Error e) {
            throw plugin.failed("DeviceProvider.open", e);
        }
    }

    @Override
    public WritableDevice openTarget(String reference, TargetOptions options) throws ImagingException {
        try {
            return new CheckedTarget(plugin, plugin.present("DeviceProvider.openTarget", provider.openTarget(reference, options)));
        } catch (RuntimeException | Error e) {
            throw plugin.failed("DeviceProvider.openTarget", e);
        }
    }

    @Override
    public WritableDevice reopenTarget(String reference, TargetOptions options, String parked) throws ImagingException {
        try {
            return new CheckedTarget(plugin, plugin.present("DeviceProvider.reopenTarget",
                    provider.reopenTarget(reference, options, parked)));
        } catch (RuntimeException | Error e) {
            throw plugin.failed("DeviceProvider.reopenTarget", e);
        }
    }
}
