package org.imagingutility.device.volume;

import java.util.List;
import java.util.Optional;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceProvider;
import org.imagingutility.api.device.TargetOptions;
import org.imagingutility.api.device.WritableDevice;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.windows.io.Kernel32;
import org.imagingutility.windows.io.KernelSource;
import org.imagingutility.windows.io.SystemVolumes;
import org.imagingutility.windows.io.VolumeNames;
import org.imagingutility.windows.io.Windows;
import org.imagingutility.windows.io.WindowsErrors;
import org.imagingutility.windows.io.WindowsException;
import org.osgi.service.component.annotations.Component;

/**
 * Opens volumes of Windows by drive letter, lasting name, mount point, and snapshots of them by the name of their device. Used by
 * several threads at once.
 */
@Component
public final class VolumeDeviceProvider implements DeviceProvider {
    private final boolean windows;
    private final KernelSource source;
    private final SystemVolumes.Source systemUses;

    /** Creates the provider for the running system. */
    public VolumeDeviceProvider() {
        this(Windows.isRunning(), Windows::kernel, kernel -> new SystemVolumes(kernel, Windows.advapi()).uses());
    }

    /** Creates the provider for a system that is Windows or not. */
    VolumeDeviceProvider(boolean windows, KernelSource source, SystemVolumes.Source systemUses) {
        this.windows = windows;
        this.source = source;
        this.systemUses = systemUses;
    }

    @Override
    public String name() {
        return "volume";
    }

    @Override
    public List<DeviceInfo> list() throws ImagingException {
        if (!windows) {
            return List.of();
        }
        try {
            return new VolumeList(source.kernel()).list();
        } catch (WindowsException e) {
            throw WindowsErrors.opening("volumes", e);
        }
    }

    @Override
    public boolean accepts(String reference) {
        if (!windows) {
            return false;
        }
        try {
            return VolumeReference.of(reference).isPresent() || mountedAt(source.kernel(), reference).isPresent();
        } catch (WindowsException e) {
            // without means to look at mount points it takes what has a form of its own
            return false;
        }
    }

    @Override
    public Device open(String reference) throws ImagingException {
        try {
            Kernel32 kernel = source.kernel();
            return new VolumeOpener(kernel).open(reference, find(kernel, reference));
        } catch (WindowsException e) {
            throw WindowsErrors.opening(reference, e);
        }
    }

    @Override
    public WritableDevice openTarget(String reference, TargetOptions options) throws ImagingException {
        try {
            Kernel32 kernel = source.kernel();
            VolumeReference volume = find(kernel, reference);
            return new VolumeTargets(kernel, systemUses.of(kernel)).open(reference, volume, options);
        } catch (WindowsException e) {
            throw WindowsErrors.claiming(reference, "cannot be opened to be written to: ", e);
        }
    }

    private static VolumeReference find(Kernel32 kernel, String reference) throws WindowsException {
        Optional<VolumeReference> named = VolumeReference.of(reference);
        Optional<VolumeReference> found = named.isPresent() ? named : mountedAt(kernel, reference);
        if (found.isEmpty()) {
            throw WindowsException.of(kernel, VolumeOpener.NO_VOLUME, "GetVolumeNameForVolumeMountPointW");
        }
        return found.get();
    }

    /** Returns the volume that is mounted at a folder. */
    private static Optional<VolumeReference> mountedAt(Kernel32 kernel, String reference) {
        String path = reference.replace('/', '\\');
        // nothing is mounted on a share, and asking one that is away takes long
        boolean possible = !path.isEmpty() && path.indexOf('\0') < 0 && !path.startsWith("\\\\") && !reference.contains("://");
        return possible ? new VolumeNames(kernel).mountedAt(path).flatMap(VolumeReference::ofName) : Optional.empty();
    }
}
