package org.imagingutility.device.drive;

import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.VolumeOnDisk;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.windows.io.DeviceFacts;
import org.imagingutility.windows.io.DeviceHandle;
import org.imagingutility.windows.io.HandleDevice;
import org.imagingutility.windows.io.VolumeNames;
import org.imagingutility.windows.io.WindowsErrors;
import org.imagingutility.windows.io.WindowsException;

/** A drive that is read; it knows which volumes are on it ({@code IOCTL_VOLUME_GET_VOLUME_DISK_EXTENTS} of each). */
final class DriveDevice extends HandleDevice {
    private final int number;

    /** Creates it of the drive with that number. */
    DriveDevice(DeviceInfo info, DeviceHandle handle, int number) {
        super(info, handle);
        this.number = number;
    }

    @Override
    public List<VolumeOnDisk> volumes() throws ImagingException {
        return places(true);
    }

    @Override
    public List<VolumeOnDisk> volumeParts() throws ImagingException {
        return places(false);
    }

    /** Returns where volumes lie on this drive: those of one range, or those of several ones. */
    private List<VolumeOnDisk> places(boolean whole) throws ImagingException {
        List<VolumeOnDisk> found = new ArrayList<>();
        try {
            for (String volume : new VolumeNames(handle().kernel()).all()) {
                String reference = VolumeNames.withoutBackslash(volume);
                List<DeviceFacts.DriveExtent> extents = extents(reference);
                for (DeviceFacts.DriveExtent extent : extents) {
                    if ((extents.size() == 1) == whole && liesHere(extent)) {
                        found.add(new VolumeOnDisk(reference, extent.offset(), extent.length()));
                    }
                }
            }
        } catch (WindowsException e) {
            throw WindowsErrors.opening(info().reference(), e);
        }
        return found;
    }

    private boolean liesHere(DeviceFacts.DriveExtent extent) {
        return extent.drive() == number && extent.length() > 0 && extent.offset() >= 0 && extent.length() <= info().length() - extent.offset();
    }

    private List<DeviceFacts.DriveExtent> extents(String volume) {
        try (DeviceHandle other = DeviceHandle.open(handle().kernel(), volume, 0, DeviceHandle.SHARED, 0)) {
            return new DeviceFacts(other).extents();
        } catch (WindowsException e) {
            // an optical drive, one without a medium, a volume that has just gone: none of them is on this drive
            return List.of();
        }
    }
}
