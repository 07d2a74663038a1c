package org.imagingutility.device.volume;

import java.util.List;
import java.util.Optional;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.windows.io.DeviceFacts;
import org.imagingutility.windows.io.DeviceHandle;
import org.imagingutility.windows.io.Kernel32;
import org.imagingutility.windows.io.VolumeNames;
import org.imagingutility.windows.io.WindowsException;

/** What is known of a volume. */
final class VolumeFacts {
    static final int USUAL_SECTOR_SIZE = 512;
    private static final String DRIVE = "\\\\.\\PhysicalDrive";

    private final VolumeNames names;

    VolumeFacts(Kernel32 kernel) {
        names = new VolumeNames(kernel);
    }

    /** Describes an open volume of {@code length} bytes. */
    DeviceInfo info(String reference, VolumeReference volume, DeviceHandle handle, long length) throws WindowsException {
        DeviceFacts facts = new DeviceFacts(handle);
        boolean snapshot = volume.isShadowCopy();
        return new DeviceInfo(reference, snapshot ? DeviceKind.SNAPSHOT : DeviceKind.VOLUME, length, facts.sectorSize(),
                names.label(volume.root()), parent(facts), mountPoints(volume), snapshot || facts.isWriteProtected());
    }

    /** Returns the drive that all of a volume lies on; empty if it is several, or none is told. */
    private static Optional<String> parent(DeviceFacts facts) {
        List<Integer> drives;
        try {
            drives = facts.extents().stream().map(DeviceFacts.DriveExtent::drive).distinct().toList();
        } catch (WindowsException e) {
            // snapshots, and volumes of drivers that do not say
            return Optional.empty();
        }
        return drives.size() == 1 ? Optional.of(DRIVE + drives.get(0)) : Optional.empty();
    }

    private List<String> mountPoints(VolumeReference volume) throws WindowsException {
        Optional<String> name = lastingName(volume);
        return name.isPresent() ? names.mountPoints(name.get()) : List.of();
    }

    /** Returns the name that a volume has whatever it is named by; empty for what is no volume of the mount manager. */
    Optional<String> lastingName(VolumeReference volume) throws WindowsException {
        if (volume.letter().isPresent()) {
            return names.mountedAt(volume.root());
        }
        if (volume.ntName().isEmpty()) {
            return Optional.of(volume.root());
        }
        for (String name : names.all()) {
            if (VolumeReference.ofName(name).flatMap(one -> names.ntName(one.device().substring("\\\\?\\".length())))
                    .equals(volume.ntName())) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }
}
