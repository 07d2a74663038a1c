package org.imagingutility.api.job;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.partition.Partition;
import org.imagingutility.api.partition.PartitionTableKind;

/**
 * A device and what is on it.
 *
 * @param provider name of the provider that found it
 * @param device the device
 * @param number number by which it can be named as a disk; empty if it is part of one
 * @param table kind of partition table on it, if it has one that can be gone by
 * @param partition what the table of its disk says of it, if it is a partition and the table and the system agree
 * @param fileSystem what an allocator recognised on it, or what its signatures say, if anything
 * @param problem why the content could not be looked at, why it may be something else (signatures contradict each other), or
 *        what keeps it from being recognised
 */
public record DeviceListing(String provider, DeviceInfo device, OptionalInt number, Optional<PartitionTableKind> table,
        Optional<Partition> partition, Optional<FileSystemInfo> fileSystem, Optional<String> problem) {

    /** Checks that nothing is null. */
    public DeviceListing {
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(number, "number");
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(partition, "partition");
        Objects.requireNonNull(fileSystem, "fileSystem");
        Objects.requireNonNull(problem, "problem");
    }

    /** Creates the listing of a device of which nothing is known of tables. */
    public DeviceListing(String provider, DeviceInfo device, Optional<FileSystemInfo> fileSystem,
            Optional<String> problem) {
        this(provider, device, OptionalInt.empty(), Optional.empty(), Optional.empty(), fileSystem, problem);
    }
}
