package org.imagingutility.api.job;

import java.util.Objects;
import java.util.Optional;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.device.DeviceInfo;

/**
 * A device and what is on it.
 *
 * @param provider name of the provider that found it
 * @param device the device
 * @param fileSystem what an allocator recognised on it, if one did
 * @param problem why the content could not be looked at, if it could not
 */
public record DeviceListing(String provider, DeviceInfo device, Optional<FileSystemInfo> fileSystem,
        Optional<String> problem) {

    /** Checks that nothing is null. */
    public DeviceListing {
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(fileSystem, "fileSystem");
        Objects.requireNonNull(problem, "problem");
    }
}
