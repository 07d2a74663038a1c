package org.imagingutility.engine.layout;

import java.util.Optional;
import java.util.function.Consumer;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.partition.Partition;
import org.imagingutility.api.partition.PartitionTable;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.source.JoinedRanges;
import org.imagingutility.engine.source.PartitionDevice;
import org.imagingutility.engine.source.PartitionReference;
import org.imagingutility.engine.source.SourceDevices;

/**
 * A part of a disk of which a backup makes one file.
 *
 * @param disk reference of the disk
 * @param index number of the partition; 0 for the whole disk, {@link #UNPARTITIONED} for space in no partition
 * @param table the table the partition stands in; empty if it is none
 * @param partition the partition, as much as is on the disk of it; empty if it is none
 * @param ranges where it lies on the disk, in bytes
 * @param allBlocks whether all of it is taken, whatever a file system says is in use
 */
public record SourcePart(String disk, int index, Optional<PartitionTable> table, Optional<Partition> partition,
        ExtentList ranges, boolean allBlocks) {
    /** The index of what lies in no partition. */
    public static final int UNPARTITIONED = -1;
    /** The table was told of when the backup began. */
    private static final Consumer<String> TOLD = notice -> { };

    /** Returns a part that is the whole disk. */
    static SourcePart ofDisk(String disk, long length, boolean allBlocks) {
        ExtentList all = length == 0 ? ExtentList.empty() : new ExtentList.Builder().add(0, length).build();
        return new SourcePart(disk, 0, Optional.empty(), Optional.empty(), all, allBlocks);
    }

    /** Returns a part that is a partition. */
    static SourcePart of(String disk, PartitionTable table, Partition partition, boolean allBlocks) {
        return new SourcePart(disk, partition.number(), Optional.of(table), Optional.of(partition),
                new ExtentList.Builder().add(partition.offset(), partition.length()).build(), allBlocks);
    }

    /** Returns a part of space in no partition. */
    static SourcePart ofSpace(String disk, ExtentList ranges) {
        return new SourcePart(disk, UNPARTITIONED, Optional.empty(), Optional.empty(), ranges, true);
    }

    /** Returns how many bytes it has. */
    public long length() {
        return ranges.totalLength();
    }

    /** Returns its name for people. */
    public String title() {
        return index == UNPARTITIONED ? "the unpartitioned space" : index == 0 ? "the disk" : "partition " + index;
    }

    /** Returns the name it has as a device. */
    public String reference() {
        return index == UNPARTITIONED ? disk + ", unpartitioned space" : partition.isEmpty() ? disk
                : new PartitionReference(disk, index).text();
    }

    /** Opens it. The caller closes it. */
    public Device open(Plugins plugins) throws ImagingException {
        Device device = SourceDevices.open(plugins, disk, TOLD);
        if (index == 0) {
            return device;
        }
        try {
            return index == UNPARTITIONED ? new JoinedRanges(device, reference(), ranges)
                    : PartitionDevice.of(device, table.orElseThrow(), partition.orElseThrow());
        } catch (ImagingException | RuntimeException | Error e) {
            device.close();
            throw e;
        }
    }
}
