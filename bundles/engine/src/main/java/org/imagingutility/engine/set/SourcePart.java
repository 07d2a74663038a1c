package org.imagingutility.engine.set;

import java.util.Optional;
import java.util.function.Consumer;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.partition.Partition;
import org.imagingutility.api.partition.PartitionTable;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.source.PartitionDevice;
import org.imagingutility.engine.source.PartitionReference;
import org.imagingutility.engine.source.SourceDevices;

/**
 * A part of a disk that has content.
 *
 * @param disk reference of the disk
 * @param index number of the partition; 0 for a disk without a table
 * @param table the table the partition stands in; empty for a disk without one
 * @param partition the partition, as much as is on the disk of it; empty for a disk without a table
 * @param offset first byte on the disk
 * @param tableLength bytes it has by the table
 */
record SourcePart(String disk, int index, Optional<PartitionTable> table, Optional<Partition> partition, long offset,
        long tableLength) {
    /** The table was told of when the backup began. */
    private static final Consumer<String> TOLD = notice -> { };

    /** Returns the bytes of it that are on the disk. */
    long length() {
        return partition.map(Partition::length).orElse(tableLength);
    }

    /** Returns the first byte behind it. */
    long end() {
        return offset + length();
    }

    /** Says whether the table gives it more bytes than there are. */
    boolean isClipped() {
        return length() != tableLength;
    }

    /** Returns the name it has as a device. */
    String reference() {
        return partition.isEmpty() ? disk : new PartitionReference(disk, index).text();
    }

    /** Opens it. The caller closes it. */
    Device open(Plugins plugins) throws ImagingException {
        Device device = SourceDevices.open(plugins, disk, TOLD);
        if (partition.isEmpty()) {
            return device;
        }
        try {
            return PartitionDevice.of(device, table.get(), partition.get());
        } catch (ImagingException | RuntimeException | Error e) {
            device.close();
            throw e;
        }
    }
}
