package org.imagingutility.api.device;

import java.util.List;
import java.util.OptionalInt;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Lists devices and opens them by reference ({@code C:}, {@code /dev/sda1}, a path). Used by several threads at once.
 */
@ConsumerType
public interface DeviceProvider {

    /** Returns the permanent name of this provider: lower-case letters, digits and hyphens. */
    String name();

    /** Returns the devices that can be found without being named (so no plain files), sorted by reference. */
    List<DeviceInfo> list() throws ImagingException;

    /**
     * Returns the number by which the operating system itself knows a disk that was listed, and by which a user may name it; empty if
     * it has none. The same disk has the same number as long as it is there; no two have the same.
     */
    default OptionalInt diskNumber(String reference) {
        return OptionalInt.empty();
    }

    /**
     * Says whether this provider is the one to ask for {@code reference}: by its form, and where it may be the path of a folder by
     * whether that is a mount point. Nothing is opened.
     */
    boolean accepts(String reference);

    /**
     * Says whether {@link #accepts} takes any reference, or any that could be a path, rather than a form of its own
     * ({@code split:disk.001}). Of equal ranking, those that take a form of their own are asked first. The same answer always.
     */
    default boolean acceptsAny() {
        return false;
    }

    /**
     * Opens a device for reading only. The caller closes it.
     *
     * @throws org.imagingutility.api.error.DeviceException if there is no such device or it has no content to read
     * @throws org.imagingutility.api.error.NotPermittedException if the operating system refuses
     */
    Device open(String reference) throws ImagingException;

    /**
     * Opens an existing device, or makes a raw image file of exactly the required length, to be written to.
     * Refused are targets that are smaller than required, mounted, in use by the system, or (without
     * {@link TargetOptions#force()}) existing files and devices that are not empty files.
     * A new file stands under its final name only after {@link WritableDevice#complete()}.
     *
     * @throws org.imagingutility.api.error.TargetException if the target is refused or cannot be made
     */
    WritableDevice openTarget(String reference, TargetOptions options) throws ImagingException;

    /**
     * Opens a target again that was parked, to go on with it: with what was written to it, and as fresh as it was. The
     * provider may be another instance, of another version of its bundle, than the one that made the target.
     *
     * @param options those it was opened with
     * @param parked what {@link WritableDevice#park()} returned
     * @throws org.imagingutility.api.error.TargetException if it is not there any more, or another one stands there
     */
    default WritableDevice reopenTarget(String reference, TargetOptions options, String parked) throws ImagingException {
        throw new TargetException(reference, -1, "device provider " + name() + " cannot open a parked target again",
                "begin anew", null);
    }
}
