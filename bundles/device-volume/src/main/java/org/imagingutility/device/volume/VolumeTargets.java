package org.imagingutility.device.volume;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.device.TargetOptions;
import org.imagingutility.api.device.WritableDevice;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.windows.io.DeviceFacts;
import org.imagingutility.windows.io.ErrorKind;
import org.imagingutility.windows.io.HandleTarget;
import org.imagingutility.windows.io.Kernel32;
import org.imagingutility.windows.io.LockedVolume;
import org.imagingutility.windows.io.WindowsErrors;
import org.imagingutility.windows.io.WindowsException;

/** Opens volumes as targets: locked and dismounted until the target is closed. */
final class VolumeTargets {
    private final Kernel32 kernel;
    private final Map<String, String> systemUses;

    /** Creates the opener; {@code systemUses} are the volumes that Windows works from, by their lasting names, and why. */
    VolumeTargets(Kernel32 kernel, Map<String, String> systemUses) {
        this.kernel = kernel;
        this.systemUses = systemUses;
    }

    WritableDevice open(String reference, VolumeReference volume, TargetOptions options) throws ImagingException, WindowsException {
        if (volume.isShadowCopy()) {
            throw refused(reference, "is a snapshot, which cannot be written", "name the volume itself");
        }
        Optional<String> use = new VolumeFacts(kernel).lastingName(volume).map(systemUses::get);
        if (use.isPresent()) {
            throw refused(reference, use.get(), "start another system, such as Windows from an installation medium, and restore from there");
        }
        if (!options.force()) {
            throw refused(reference, "is a volume, all on it would be lost", "use --force to overwrite it");
        }
        LockedVolume locked = LockedVolume.take(kernel, reference, volume.device(), "the volume");
        try {
            VolumeOpener.allowTail(locked.handle());
            DeviceFacts facts = new DeviceFacts(locked.handle());
            DeviceInfo info = new DeviceInfo(reference, DeviceKind.VOLUME, facts.length(), facts.sectorSize(), "", Optional.empty(),
                    List.of(), false);
            require(info, facts, options);
            HandleTarget target = new HandleTarget(info, options.requiredLength(), locked.handle());
            tryToRead(target);
            return target;
        } catch (ImagingException | WindowsException | RuntimeException | Error e) {
            locked.close();
            throw e;
        }
    }

    private static void require(DeviceInfo info, DeviceFacts facts, TargetOptions options) throws TargetException {
        if (facts.isWriteProtected()) {
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

    /** A volume that BitLocker has locked opens, and says so when it is read. */
    private static void tryToRead(HandleTarget target) throws ImagingException {
        int sector = target.sectorSize();
        try {
            target.read(0, ByteBuffer.allocateDirect(2 * sector).alignedSlice(sector).limit(sector));
        } catch (DeviceException e) {
            if (e.getCause() instanceof WindowsException cause && cause.kind() == ErrorKind.ENCRYPTED) {
                throw WindowsErrors.claiming(target.info().reference(), "is locked by BitLocker: ", cause);
            }
            // a bad sector is written over
        }
    }

    private static TargetException refused(String reference, String reason, String remedy) {
        return new TargetException(reference, -1, reason, remedy, null);
    }
}
