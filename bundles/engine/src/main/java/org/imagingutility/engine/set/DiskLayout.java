package org.imagingutility.engine.set;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.Extent;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.partition.GptCopies;
import org.imagingutility.api.partition.Partition;
import org.imagingutility.api.partition.PartitionRole;
import org.imagingutility.api.partition.PartitionTable;
import org.imagingutility.api.partition.PartitionTableKind;
import org.imagingutility.api.partition.PartitionTableReader;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.probe.ProbeResult;

/**
 * What a backup takes of a disk.
 *
 * @param disk the disk
 * @param table its partition table, if it has one
 * @param parts what has content, by index; a disk without a table is one part
 * @param outside what is kept of the disk outside the parts
 * @param warnings what the user should know, one sentence each
 */
record DiskLayout(DeviceInfo disk, Optional<PartitionTable> table, List<SourcePart> parts, ExtentList outside,
        List<String> warnings) {

    /** Looks at a disk. */
    static DiskLayout of(Plugins plugins, Device disk, JobMonitor monitor) throws ImagingException {
        if (plugins.partitionTables().all().isEmpty()) {
            throw new UsageException("no plug-in that reads partition tables is installed",
                    "install the bundle org.imagingutility.disk");
        }
        Optional<DiskLayout> divided = plugins.ask(plugins.partitionTables(), disk.info().reference(), reader -> {
            Optional<PartitionTable> table = reader.read(disk);
            return table.isPresent() ? Optional.of(of(disk, reader, table.get())) : Optional.empty();
        });
        boolean empty = divided.isPresent() && divided.get().parts.isEmpty()
                && divided.get().table.orElseThrow().kind() == PartitionTableKind.MBR;
        if (divided.isPresent() && !(empty && isVolume(plugins, disk))) {
            divided.get().warnings.forEach(monitor::notice);
            if (divided.get().parts.isEmpty()) {
                monitor.notice("\"" + disk.info().reference() + "\" has no partitions: only " + divided.get().outside.totalLength()
                        + " bytes at its beginning and its end are kept; \"imaging image --all-blocks\" takes all of it");
            }
            return divided.get();
        }
        monitor.notice("\"" + disk.info().reference() + (empty ? "\" has a file system and a boot record without partitions"
                : "\" has no partition table") + ": it is taken as one volume");
        return new DiskLayout(disk.info(), Optional.empty(), List.of(new SourcePart(disk.info().reference(), 0,
                Optional.empty(), Optional.empty(), 0, disk.length())), ExtentList.empty(), List.of());
    }

    /**
     * Says whether a file system fills the disk: some leave the first sector to a boot loader, which may look like a table
     * without partitions. What cannot be looked at is taken for one, so that nothing is left out.
     */
    private static boolean isVolume(Plugins plugins, Device disk) throws ImagingException {
        try {
            return ProbeResult.find(plugins, disk).isPresent();
        } catch (FileSystemException e) {
            // it is one that contradicts itself: who images it says so
            return true;
        } catch (DeviceException e) {
            if (e.isDeviceChanged()) {
                throw e;
            }
            return true;
        }
    }

    private static DiskLayout of(Device disk, PartitionTableReader reader, PartitionTable table) throws ImagingException {
        List<String> warnings = new ArrayList<>(warnings(disk.info().reference(), table));
        List<SourcePart> parts = new ArrayList<>();
        for (Partition partition : table.partitions()) {
            if (partition.role() == PartitionRole.EXTENDED) {
                continue;
            }
            Optional<Partition> there = partition.end() <= disk.length() ? Optional.of(partition) : clipped(table, partition);
            if (there.isEmpty()) {
                warnings.add("partition " + partition.number() + " is not taken: nothing of it is on the disk, or all of it belongs"
                        + " to other partitions");
                continue;
            }
            if (there.get().length() != partition.length()) {
                warnings.add("partition " + partition.number() + " ends behind the disk: bytes " + there.get().offset() + " to "
                        + (there.get().end() - 1) + ", which are on it and in no other partition, are taken, all of them");
            }
            parts.add(new SourcePart(disk.info().reference(), partition.number(), Optional.of(table), there,
                    there.get().offset(), partition.length()));
        }
        return new DiskLayout(disk.info(), Optional.of(table), parts, outside(reader.essentials(disk, table), parts), warnings);
    }

    private static List<String> warnings(String disk, PartitionTable table) {
        List<String> warnings = new ArrayList<>();
        String begin = "partition table of \"" + disk + "\": ";
        table.copies().flatMap(GptCopies::primaryProblem).ifPresent(problem -> warnings.add(begin
                + "the primary GPT is damaged (" + problem + "), its backup is used"));
        table.copies().flatMap(GptCopies::backupProblem).ifPresent(problem -> warnings.add(begin
                + "the backup GPT is damaged (" + problem + ")"));
        table.warnings().forEach(warning -> warnings.add(begin + warning));
        return warnings;
    }

    /** Returns what is on the disk, and in no other partition, of one that ends behind the disk: from its beginning on. */
    private static Optional<Partition> clipped(PartitionTable table, Partition partition) {
        ExtentList gaps = table.gaps();
        int first = gaps.firstEndingAfter(partition.offset());
        if (first == gaps.count() || gaps.offset(first) > partition.offset()) {
            return Optional.empty();
        }
        long end = gaps.end(first);
        for (Partition other : table.partitions()) {
            if (other.role() != PartitionRole.EXTENDED && other.offset() > partition.offset()) {
                end = Math.min(end, other.offset());
            }
            if (other.offset() == partition.offset() && other.number() < partition.number()
                    && other.role() != PartitionRole.EXTENDED) {
                return Optional.empty();
            }
        }
        return Optional.of(new Partition(partition.number(), partition.role(), partition.offset(), end - partition.offset(),
                partition.type(), partition.typeName(), partition.name(), partition.uniqueGuid(), partition.flags(),
                partition.bootable()));
    }

    private static ExtentList outside(ExtentList essentials, List<SourcePart> parts) {
        return Ranges.without(essentials, Ranges.union(parts.stream().map(part -> new Extent(part.offset(), part.length()))
                .toList()));
    }

    /** Returns the sector size the table counts in, or the device's. */
    int sectorSize() {
        return table.map(PartitionTable::sectorSize).orElse(disk.sectorSize());
    }
}
