package org.imagingutility.device.drive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.device.DeviceProvider;
import org.imagingutility.api.device.TargetOptions;
import org.imagingutility.api.device.WritableDevice;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.windows.io.DeviceFacts;
import org.imagingutility.windows.io.DeviceHandle;
import org.imagingutility.windows.io.Kernel32;
import org.imagingutility.windows.io.KernelSource;
import org.imagingutility.windows.io.SystemVolumes;
import org.imagingutility.windows.io.VolumeNames;
import org.imagingutility.windows.io.Windows;
import org.imagingutility.windows.io.WindowsErrors;
import org.imagingutility.windows.io.WindowsException;
import org.osgi.service.component.annotations.Component;

/** Opens physical drives of Windows, {@code \\.\PhysicalDrive0}. Used by several threads at once. */
@Component
public final class DriveDeviceProvider implements DeviceProvider {
    private static final String DRIVE = "PhysicalDrive";
    private static final String PREFIX = "\\\\.\\" + DRIVE;
    private static final Pattern NAME = Pattern.compile("(?:[\\\\/]{2}[.?][\\\\/])?PhysicalDrive(\\d{1,4})[\\\\/]?",
            Pattern.CASE_INSENSITIVE);
    private static final int USUAL_SECTOR_SIZE = 512;

    private final boolean windows;
    private final KernelSource source;
    private final SystemVolumes.Source systemUses;

    /** Creates the provider for the running system. */
    public DriveDeviceProvider() {
        this(Windows.isRunning(), Windows::kernel, kernel -> new SystemVolumes(kernel, Windows.advapi()).uses());
    }

    /** Creates the provider for a system that is Windows or not. */
    DriveDeviceProvider(boolean windows, KernelSource source, SystemVolumes.Source systemUses) {
        this.windows = windows;
        this.source = source;
        this.systemUses = systemUses;
    }

    @Override
    public String name() {
        return "drive";
    }

    @Override
    public OptionalInt diskNumber(String reference) {
        Matcher matcher = NAME.matcher(reference);
        return matcher.matches() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }

    @Override
    public boolean accepts(String reference) {
        return windows && NAME.matcher(reference).matches();
    }

    @Override
    public List<DeviceInfo> list() throws ImagingException {
        if (!windows) {
            return List.of();
        }
        try {
            Kernel32 kernel = source.kernel();
            List<DeviceInfo> list = new ArrayList<>();
            for (String name : new VolumeNames(kernel).dosNames()) {
                if (name.regionMatches(true, 0, DRIVE, 0, DRIVE.length()) && NAME.matcher(name).matches()) {
                    list.add(describe(kernel, PREFIX + diskNumber(name).getAsInt()));
                }
            }
            list.sort(Comparator.comparing(DeviceInfo::reference));
            return list;
        } catch (WindowsException e) {
            throw WindowsErrors.opening("physical drives", e);
        }
    }

    /** Describes a drive without opening it for reading, as all users may; with length 0 where nothing is told, without a medium. */
    private static DeviceInfo describe(Kernel32 kernel, String reference) {
        try (DeviceHandle handle = DeviceHandle.open(kernel, reference, 0, DeviceHandle.SHARED, 0)) {
            DeviceFacts facts = new DeviceFacts(handle);
            return info(reference, facts, facts.lengthByGeometry());
        } catch (WindowsException e) {
            return new DeviceInfo(reference, DeviceKind.DISK, 0, USUAL_SECTOR_SIZE, "", Optional.empty(), List.of(), true);
        }
    }

    static DeviceInfo info(String reference, DeviceFacts facts, long length) throws WindowsException {
        return new DeviceInfo(reference, DeviceKind.DISK, length, facts.sectorSize(), facts.model(), Optional.empty(), List.of(),
                facts.isWriteProtected());
    }

    @Override
    public Device open(String reference) throws ImagingException {
        try {
            DeviceHandle handle = DeviceHandle.open(source.kernel(), PREFIX + number(reference), DeviceHandle.READ,
                    DeviceHandle.SHARED, DeviceHandle.UNBUFFERED);
            try {
                DeviceFacts facts = new DeviceFacts(handle);
                DeviceInfo info = info(reference, facts, facts.length());
                if (info.length() % info.sectorSize() != 0) {
                    throw new DeviceException(reference, -1, "has " + info.length() + " bytes, which are no whole sectors of "
                            + info.sectorSize(), null, null);
                }
                return new DriveDevice(info, handle, number(reference));
            } catch (ImagingException | WindowsException | RuntimeException | Error e) {
                handle.close();
                throw e;
            }
        } catch (WindowsException e) {
            throw WindowsErrors.opening(reference, e);
        }
    }

    private int number(String reference) throws DeviceException {
        return diskNumber(reference).orElseThrow(() -> new DeviceException(reference, -1, "is no physical drive", null, null));
    }

    @Override
    public WritableDevice openTarget(String reference, TargetOptions options) throws ImagingException {
        try {
            Kernel32 kernel = source.kernel();
            int number = number(reference);
            return new DriveTargets(kernel, systemUses.of(kernel)).open(reference, PREFIX + number, number, options);
        } catch (WindowsException e) {
            throw WindowsErrors.claiming(reference, "cannot be opened to be written to: ", e);
        }
    }
}
