package org.imagingutility.api.partition;

import java.util.Optional;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.ImagingException;
import org.osgi.annotation.versioning.ConsumerType;

/** Recognises the partition table of a disk and reads it; writes nothing. Used by several threads at once. */
@ConsumerType
public interface PartitionTableReader {

    /** Returns the permanent name of this reader: lower-case letters, digits and hyphens. */
    String name();

    /**
     * Looks at the device: at its first and last sectors and at those the table leads to, a few MiB at most.
     *
     * @return empty if there is no partition table of this reader's: an empty disk, or one with a file system right at its
     *         beginning
     * @throws org.imagingutility.api.error.PartitionTableException if there is one that cannot be gone by (damaged in all its
     *         copies, partitions that overlap): names the byte offset and what is wrong. What leaves the rest of the table
     *         sound is told by {@link PartitionTable#warnings} instead
     * @throws org.imagingutility.api.error.DeviceException if the device cannot be read
     */
    Optional<PartitionTable> read(Device device) throws ImagingException;
}
