package org.imagingutility.api.export;

import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.store.ImageFile;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A format of virtual disks that images are exported to. Used by several threads at once; what it makes says for itself how
 * it may be used.
 */
@ConsumerType
public interface VirtualDiskFormat {

    /** Returns the permanent name: lower-case letters, digits and hyphens. */
    String name();

    /** Returns the length of the longest disk that a file of this format can be, in bytes; positive. */
    long maxDiskLength();

    /**
     * Begins a virtual disk in an empty file, which stays the caller's. The caller has looked that the device is no longer
     * than {@link #maxDiskLength} and that the file seeks.
     *
     * @throws org.imagingutility.api.error.TargetException if the file cannot be written
     */
    VirtualDiskWriter create(ImageFile file, VirtualDiskSpec spec) throws ImagingException;
}
