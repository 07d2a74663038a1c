package org.imagingutility.api.job;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.partition.Partition;
import org.imagingutility.api.partition.PartitionTable;

/**
 * One disk, how it is divided and what is on its partitions.
 *
 * @param device the disk
 * @param table its partition table; empty if it has none
 * @param partitions the table's partitions, by number
 * @param fileSystem what an allocator recognised on the device as a whole; only if there is no table, or one that
 *        contradicts itself
 * @param problem why that could not be looked at, or what speaks against it; only where {@code fileSystem} is asked for
 */
public record DiskListing(DeviceInfo device, Optional<PartitionTable> table, List<Content> partitions,
        Optional<FileSystemInfo> fileSystem, Optional<String> problem) {

    /** Checks that nothing is null. */
    public DiskListing {
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(fileSystem, "fileSystem");
        Objects.requireNonNull(problem, "problem");
        partitions = List.copyOf(partitions);
    }

    /**
     * A partition and what is on it.
     *
     * @param partition the partition
     * @param reference what a user types to name it as a device: {@code disk.img#2}
     * @param fileSystem what an allocator recognised on it, if one did
     * @param problem why the content could not be looked at, or what speaks against what it seems to be
     */
    public record Content(Partition partition, String reference, Optional<FileSystemInfo> fileSystem,
            Optional<String> problem) {

        /** Checks that nothing is null. */
        public Content {
            Objects.requireNonNull(partition, "partition");
            Objects.requireNonNull(reference, "reference");
            Objects.requireNonNull(fileSystem, "fileSystem");
            Objects.requireNonNull(problem, "problem");
        }
    }
}
