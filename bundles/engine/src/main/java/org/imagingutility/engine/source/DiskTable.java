package org.imagingutility.engine.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PartitionTableException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.partition.Partition;
import org.imagingutility.api.partition.PartitionRole;
import org.imagingutility.api.partition.PartitionTable;
import org.imagingutility.api.partition.PartitionTableKind;
import org.imagingutility.api.partition.PartitionTableReader;
import org.imagingutility.engine.plugin.Plugins;

/**
 * A partition table and who read it. An MBR does not tell how long the sectors are that it counts in: a raw file of a disk with
 * sectors of 4096 bytes, or a disk in another case, has others than the device shows. So if nothing known lies where the table
 * puts its partitions, it is read once more as if it counted in sectors of the other length.
 *
 * @param reader who read it
 * @param table the table
 */
public record DiskTable(PartitionTableReader reader, PartitionTable table) {
    private static final List<Integer> SECTOR_SIZES = List.of(512, 4096);

    /**
     * Reads the table of a disk.
     *
     * @param sectorSize bytes of the sectors it counts in, if the user says so
     * @return empty if there is none
     * @throws PartitionTableException if there is one that cannot be gone by
     */
    public static Optional<DiskTable> find(Plugins plugins, Device disk, OptionalInt sectorSize) throws ImagingException {
        if (plugins.partitionTables().all().isEmpty()) {
            throw new UsageException("no plug-in that reads partition tables is installed",
                    "install the bundle org.imagingutility.disk");
        }
        if (sectorSize.isPresent()) {
            return read(plugins, sectorSize.getAsInt() == disk.sectorSize() ? disk
                    : new SectorView(disk, sectorSize.getAsInt()));
        }
        Optional<DiskTable> first = read(plugins, disk);
        if (first.isEmpty() || first.get().table.kind() != PartitionTableKind.MBR || first.get().table.partitions().isEmpty()) {
            return first;
        }
        boolean known = first.get().hasKnownContent(plugins, disk);
        for (int other : SECTOR_SIZES) {
            Optional<DiskTable> second = other == disk.sectorSize() ? Optional.empty() : reread(plugins, disk, other);
            if (second.isPresent() && second.get().hasKnownContent(plugins, disk)) {
                return Optional.of(known ? first.get().contradicted(other) : second.get().guessed(disk.sectorSize()));
            }
        }
        return first;
    }

    /** Reads a table as it is. */
    public static Optional<DiskTable> read(Plugins plugins, Device disk) throws ImagingException {
        return plugins.ask(plugins.partitionTables(), disk.info().reference(),
                reader -> reader.read(disk).map(table -> new DiskTable(reader, table)));
    }

    private static Optional<DiskTable> reread(Plugins plugins, Device disk, int sectorSize) throws ImagingException {
        try {
            return read(plugins, new SectorView(disk, sectorSize)).filter(found -> found.table.contradictions().isEmpty());
        } catch (PartitionTableException e) {
            // it makes sense as it was read first
            return Optional.empty();
        }
    }

    /** Says whether something known lies where the table says that a partition begins. */
    private boolean hasKnownContent(Plugins plugins, Device disk) throws ImagingException {
        for (Partition partition : table.partitions()) {
            if (partition.role() != PartitionRole.EXTENDED && isKnown(plugins, disk, partition)) {
                return true;
            }
        }
        return false;
    }

    private boolean isKnown(Plugins plugins, Device disk, Partition partition) throws ImagingException {
        try {
            // not closed: that would close the disk, which is the caller's
            Device device = PartitionDevice.of(disk, table, partition);
            return plugins.ask(plugins.allocators(), device.info().reference() + ", sectors of " + table.sectorSize(),
                    allocator -> allocator.catchAll() ? Optional.empty() : allocator.recognise(device)).isPresent();
        } catch (FileSystemException e) {
            return true;
        } catch (DeviceException e) {
            if (e.isDeviceChanged()) {
                throw e;
            }
            return false;
        }
    }

    private DiskTable guessed(int deviceSectorSize) {
        List<String> warnings = new ArrayList<>(table.warnings());
        warnings.add("the table counts in sectors of " + table.sectorSize() + " bytes, as what lies where its partitions begin"
                + " shows; the device has sectors of " + deviceSectorSize);
        return with(warnings, table.contradictions());
    }

    private DiskTable contradicted(int other) {
        List<String> contradictions = new ArrayList<>(table.contradictions());
        contradictions.add("whether the table counts in sectors of " + table.sectorSize() + " or of " + other
                + " bytes cannot be told: something known lies where partitions begin either way (--sector-size says which)");
        return with(table.warnings(), contradictions);
    }

    private DiskTable with(List<String> warnings, List<String> contradictions) {
        return new DiskTable(reader, new PartitionTable(table.kind(), table.diskLength(), table.sectorSize(),
                table.diskSignature(), table.diskGuid(), table.partitions(), table.mbrView(), table.copies(), warnings,
                contradictions));
    }
}
