package org.imagingutility.engine.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.DiskListing;
import org.imagingutility.api.partition.Partition;
import org.imagingutility.api.partition.PartitionRole;
import org.imagingutility.api.partition.PartitionTable;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.source.PartitionDevice;
import org.imagingutility.engine.source.PartitionReference;
import org.imagingutility.engine.source.SourceDevices;

/** Looks at one disk: its partition table and what is on the partitions. */
public final class DiskInspector {
    /** Of a partition's own disk nothing is told here; who lists that disk learns it. */
    private static final Consumer<String> NOTHING = notice -> { };

    private DiskInspector() {
    }

    /** Looks at the device that {@code reference} names. */
    public static DiskListing at(Plugins plugins, String reference, OptionalInt sectorSize) throws ImagingException {
        try (Device disk = SourceDevices.open(plugins, reference, sectorSize, NOTHING)) {
            return of(plugins, disk, sectorSize);
        }
    }

    /** Looks at a device that is open. */
    public static DiskListing of(Plugins plugins, Device disk, OptionalInt sectorSize) throws ImagingException {
        Optional<PartitionTable> table = SourceDevices.table(plugins, disk, sectorSize);
        if (table.isEmpty()) {
            ContentSummary found = inspect(plugins, disk);
            return new DiskListing(disk.info(), table, List.of(), found.fileSystem(), found.problem());
        }
        List<DiskListing.Content> contents = new ArrayList<>();
        for (Partition partition : table.get().partitions()) {
            contents.add(content(plugins, disk, table.get(), partition));
        }
        // a table that contradicts itself may stand on what is no divided disk
        ContentSummary whole = table.get().contradictions().isEmpty() ? new ContentSummary(Optional.empty(), Optional.empty())
                : inspect(plugins, disk);
        return new DiskListing(disk.info(), table, contents, whole.fileSystem(), whole.problem());
    }

    private static DiskListing.Content content(Plugins plugins, Device disk, PartitionTable table, Partition partition)
            throws ImagingException {
        ContentSummary found = new ContentSummary(Optional.empty(), Optional.empty());
        if (partition.role() != PartitionRole.EXTENDED) {
            try {
                // not closed: that would close the disk, which the caller does
                found = inspect(plugins, PartitionDevice.of(disk, table, partition));
            } catch (DeviceException e) {
                found = new ContentSummary(Optional.empty(), Optional.of(e.getMessage()));
            }
        }
        return new DiskListing.Content(partition, new PartitionReference(disk.info().reference(), partition.number()).text(),
                found.fileSystem(), found.problem());
    }

    /** What is wrong with one partition must not hide the others; a device that went away ends it all. */
    private static ContentSummary inspect(Plugins plugins, Device device) throws ImagingException {
        try {
            return ProbeResult.summary(plugins, device);
        } catch (ImagingException e) {
            if (e instanceof DeviceException gone && gone.isDeviceChanged()) {
                throw e;
            }
            return new ContentSummary(Optional.empty(), Optional.of(e.getMessage()));
        }
    }
}
