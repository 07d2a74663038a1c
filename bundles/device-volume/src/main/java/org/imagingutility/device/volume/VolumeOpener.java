package org.imagingutility.device.volume;

import java.util.List;
import java.util.Optional;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.windows.io.ControlCode;
import org.imagingutility.windows.io.DeviceFacts;
import org.imagingutility.windows.io.DeviceHandle;
import org.imagingutility.windows.io.ErrorCode;
import org.imagingutility.windows.io.ErrorKind;
import org.imagingutility.windows.io.Kernel32;
import org.imagingutility.windows.io.VolumeNames;
import org.imagingutility.windows.io.WideText;
import org.imagingutility.windows.io.WindowsErrors;
import org.imagingutility.windows.io.WindowsException;

/** Opens volumes as sources. */
final class VolumeOpener {
    /** {@code ERROR_PATH_NOT_FOUND}: nothing is mounted there. */
    static final int NO_VOLUME = ErrorCode.PATH_NOT_FOUND;
    private static final int DRIVE_REMOTE = 4;

    private final Kernel32 kernel;
    private final VolumeFacts facts;

    VolumeOpener(Kernel32 kernel) {
        this.kernel = kernel;
        this.facts = new VolumeFacts(kernel);
    }

    Device open(String reference, VolumeReference volume) throws ImagingException, WindowsException {
        DeviceHandle handle = open(reference, volume, DeviceHandle.READ);
        try {
            allowTail(handle);
            DeviceFacts of = new DeviceFacts(handle);
            long length = of.length();
            DeviceInfo info = facts.info(reference, volume, handle, length);
            if (length % info.sectorSize() != 0) {
                throw new DeviceException(reference, -1, "has " + length + " bytes, which are no whole sectors of "
                        + info.sectorSize(), null, null);
            }
            return new VolumeDevice(info, handle, volume);
        } catch (ImagingException | WindowsException | RuntimeException | Error e) {
            handle.close();
            throw e;
        }
    }

    private DeviceHandle open(String reference, VolumeReference volume, int access) throws ImagingException, WindowsException {
        try {
            return DeviceHandle.open(kernel, volume.device(), access, DeviceHandle.SHARED, DeviceHandle.UNBUFFERED);
        } catch (WindowsException e) {
            if (e.kind() == ErrorKind.NOT_FOUND && volume.letter().isPresent()) {
                throw noVolume(reference, volume.letter().get(), e);
            }
            throw e;
        }
    }

    /** A drive letter need not be a volume. */
    private ImagingException noVolume(String reference, char letter, WindowsException e) {
        String name = letter + ":";
        Optional<String> stands = new VolumeNames(kernel).ntName(name);
        if (kernel.GetDriveTypeW(WideText.bytes(name + "\\")) == DRIVE_REMOTE) {
            return new DeviceException(reference, -1, "is a share of the network, not a volume of this computer",
                    "make the image on the computer that has the volume", e);
        }
        if (stands.isPresent() && stands.get().startsWith("\\??\\")) {
            return new DeviceException(reference, -1, "stands for the folder \"" + stands.get().substring("\\??\\".length())
                    + "\" (subst), not for a volume", "name the volume that the folder is on", e);
        }
        return WindowsErrors.opening(reference, e);
    }

    /** A volume is longer than its file system, and the rest is read by those only who ask for it. */
    static void allowTail(DeviceHandle handle) throws WindowsException {
        try {
            handle.control(ControlCode.FSCTL_ALLOW_EXTENDED_DASD_IO, null, null);
        } catch (WindowsException e) {
            // a volume without a file system, or whose file system keeps nobody off its end
            if (e.code() != ErrorCode.INVALID_FUNCTION && e.code() != ErrorCode.NOT_SUPPORTED
                    && e.code() != ErrorCode.INVALID_PARAMETER) {
                throw e;
            }
        }
    }

    /** Returns what is known of a volume that is not opened for reading, as all users may ask; with length 0 if that is not known. */
    DeviceInfo describe(String reference, VolumeReference volume) {
        try (DeviceHandle handle = DeviceHandle.open(kernel, volume.device(), 0, DeviceHandle.SHARED, 0)) {
            long length = new DeviceFacts(handle).extents().stream().mapToLong(DeviceFacts.DriveExtent::length).sum();
            return facts.info(reference, volume, handle, Math.max(0, length));
        } catch (WindowsException e) {
            // a drive without a medium, or a driver that tells nothing: it is named all the same
            return new DeviceInfo(reference, DeviceKind.VOLUME, 0, VolumeFacts.USUAL_SECTOR_SIZE, "", Optional.empty(), List.of(), true);
        }
    }
}
