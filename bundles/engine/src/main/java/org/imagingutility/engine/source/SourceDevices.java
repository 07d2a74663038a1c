package org.imagingutility.engine.source;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.SnapshotException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.partition.GptCopies;
import org.imagingutility.api.partition.Partition;
import org.imagingutility.api.partition.PartitionTable;
import org.imagingutility.engine.plugin.Plugins;

/** Opens devices by name: those of the providers, and partitions of them. */
public final class SourceDevices {
    private SourceDevices() {
    }

    /**
     * Opens a device. If no provider finds one of that very name and the name ends in {@code #N}, it is partition N of the
     * device in front of that.
     *
     * @param notice told what is wrong with a partition table that was gone by
     */
    public static Device open(Plugins plugins, String reference, Consumer<String> notice) throws ImagingException {
        return open(plugins, reference, OptionalInt.empty(), notice);
    }

    /** Opens a device as above; {@code sectorSize} are the bytes of the sectors its table counts in, if the user says so. */
    public static Device open(Plugins plugins, String reference, OptionalInt sectorSize, Consumer<String> notice)
            throws ImagingException {
        try {
            return plugins.openDevice(reference);
        } catch (DeviceException | SnapshotException | UsageException e) {
            Optional<PartitionReference> partition = PartitionReference.of(reference);
            if (partition.isEmpty()) {
                throw e;
            }
            return openPartition(plugins, partition.get(), sectorSize, notice);
        }
    }

    /** Reads the partition table of a device; empty if no reader finds one. */
    public static Optional<PartitionTable> table(Plugins plugins, Device device) throws ImagingException {
        return table(plugins, device, OptionalInt.empty());
    }

    /** Reads it as it is in sectors of that many bytes, if the user says so. */
    public static Optional<PartitionTable> table(Plugins plugins, Device device, OptionalInt sectorSize)
            throws ImagingException {
        return DiskTable.find(plugins, device, sectorSize).map(DiskTable::table);
    }

    private static Device openPartition(Plugins plugins, PartitionReference reference, OptionalInt sectorSize,
            Consumer<String> notice) throws ImagingException {
        Device disk = open(plugins, reference.disk(), sectorSize, notice);
        try {
            PartitionTable table = table(plugins, disk, sectorSize).orElseThrow(() -> new DeviceException(reference.text(), -1, "\""
                    + reference.disk() + "\" has no partition table", null, null));
            Partition partition = partition(reference, table);
            Device device = PartitionDevice.of(disk, table, partition);
            notice(reference.disk(), table, notice);
            return device;
        } catch (ImagingException | RuntimeException | Error e) {
            disk.close();
            throw e;
        }
    }

    /**
     * Returns the partition that {@code reference} names.
     *
     * @throws DeviceException if the table has none of that number
     */
    public static Partition partition(PartitionReference reference, PartitionTable table) throws DeviceException {
        return table.partition(reference.number()).orElseThrow(() -> missing(reference, table));
    }

    private static DeviceException missing(PartitionReference reference, PartitionTable table) {
        String numbers = table.partitions().stream().map(partition -> Integer.toString(partition.number()))
                .collect(Collectors.joining(", "));
        return new DeviceException(reference.text(), -1, "\"" + reference.disk() + "\" has no partition "
                + reference.number() + (numbers.isEmpty() ? ", nor any other" : " (it has " + numbers + ")"),
                "its partitions are listed by: imaging list --device", null);
    }

    private static void notice(String disk, PartitionTable table, Consumer<String> notice) {
        String begin = "partition table of \"" + disk + "\": ";
        table.copies().flatMap(GptCopies::primaryProblem).ifPresent(problem -> notice.accept(begin
                + "the primary GPT is damaged (" + problem + "), its backup is used"));
        table.copies().flatMap(GptCopies::backupProblem).ifPresent(problem -> notice.accept(begin
                + "the backup GPT is damaged (" + problem + ")"));
        table.warnings().forEach(warning -> notice.accept(begin + warning));
        table.contradictions().forEach(contradiction -> notice.accept(begin + contradiction));
    }
}
