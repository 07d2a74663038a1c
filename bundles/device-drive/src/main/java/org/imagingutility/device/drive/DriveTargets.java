package org.imagingutility.device.drive;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.TargetOptions;
import org.imagingutility.api.device.WritableDevice;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.windows.io.DeviceFacts;
import org.imagingutility.windows.io.DeviceHandle;
import org.imagingutility.windows.io.ErrorKind;
import org.imagingutility.windows.io.Kernel32;
import org.imagingutility.windows.io.LockedVolume;
import org.imagingutility.windows.io.VolumeNames;
import org.imagingutility.windows.io.WindowsErrors;
import org.imagingutility.windows.io.WindowsException;

/** Opens drives as targets: with all volumes on them locked and dismounted until the target is closed. */
final class DriveTargets {
    private final Kernel32 kernel;
    private final Map<String, String> systemUses;

    /** Creates the opener; {@code systemUses} are the volumes that Windows works from, by their lasting names, and why. */
    DriveTargets(Kernel32 kernel, Map<String, String> systemUses) {
        this.kernel = kernel;
        this.systemUses = systemUses;
    }

    /** Opens the drive with a number; {@code path} is what it is opened by. */
    WritableDevice open(String reference, String path, int number, TargetOptions options) throws ImagingException, WindowsException {
        List<String> volumes = volumesOn(number);
        for (String volume : volumes) {
            if (systemUses.containsKey(volume)) {
                throw refused(reference, "has the volume " + shown(volume) + ", which " + systemUses.get(volume),
                        "start another system, such as Windows from an installation medium, and restore from there");
            }
        }
        if (!options.force()) {
            throw refused(reference, "is a drive, all on it would be lost", "use --force to overwrite it");
        }
        List<LockedVolume> locks = new ArrayList<>();
        try {
            for (String volume : volumes) {
                locks.add(LockedVolume.take(kernel, reference, VolumeNames.withoutBackslash(volume), "its volume " + shown(volume)));
            }
            return open(reference, path, options, locks);
        } catch (ImagingException | WindowsException | RuntimeException | Error e) {
            locks.forEach(LockedVolume::close);
            throw e;
        }
    }

    private WritableDevice open(String reference, String path, TargetOptions options, List<LockedVolume> locks)
            throws ImagingException, WindowsException {
        DeviceHandle handle;
        try {
            handle = DeviceHandle.open(kernel, path, DeviceHandle.READ | DeviceHandle.WRITE, DeviceHandle.SHARED, DeviceHandle.UNBUFFERED);
        } catch (WindowsException e) {
            throw WindowsErrors.claiming(reference, "cannot be opened to be written to: ", e);
        }
        try {
            DeviceFacts facts = new DeviceFacts(handle);
            DeviceInfo info = DriveDeviceProvider.info(reference, facts, facts.length());
            require(info, options);
            return new DriveTarget(info, options.requiredLength(), handle, locks);
        } catch (ImagingException | WindowsException | RuntimeException | Error e) {
            handle.close();
            throw e;
        }
    }

    private static void require(DeviceInfo info, TargetOptions options) throws TargetException {
        if (info.readOnly()) {
            throw refused(info.reference(), "is write-protected", ErrorKind.WRITE_PROTECTED.remedy());
        }
        if (info.length() < options.requiredLength()) {
            throw refused(info.reference(), "holds " + info.length() + " bytes, " + options.requiredLength() + " are required: "
                    + (options.requiredLength() - info.length()) + " bytes too small", "choose a larger target");
        }
        if (options.sectorSize() % info.sectorSize() != 0) {
            throw refused(info.reference(), "has sectors of " + info.sectorSize() + " bytes, and what is to be written has sectors of "
                    + options.sectorSize(), "choose a target with such sectors, or restore into a file");
        }
    }

    /** Returns the volumes that lie on a drive, by their lasting names. One that cannot be asked where it lies is not among them. */
    private List<String> volumesOn(int number) throws WindowsException {
        List<String> found = new ArrayList<>();
        for (String volume : new VolumeNames(kernel).all()) {
            for (DeviceFacts.DriveExtent extent : extents(volume)) {
                if (extent.drive() == number && !found.contains(volume)) {
                    found.add(volume);
                }
            }
        }
        return found;
    }

    private List<DeviceFacts.DriveExtent> extents(String volume) {
        try (DeviceHandle handle = DeviceHandle.open(kernel, VolumeNames.withoutBackslash(volume), 0, DeviceHandle.SHARED, 0)) {
            return new DeviceFacts(handle).extents();
        } catch (WindowsException e) {
            // a drive without a medium, an optical one, or none at all; Windows refuses writes below what it has mounted all the same
            return List.of();
        }
    }

    private String shown(String volume) throws WindowsException {
        List<String> mountPoints = new VolumeNames(kernel).mountPoints(volume);
        return mountPoints.isEmpty() ? volume : mountPoints.get(0);
    }

    private static TargetException refused(String reference, String reason, String remedy) {
        return new TargetException(reference, -1, reason, remedy, null);
    }
}
