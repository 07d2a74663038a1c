package org.imagingutility.engine.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.backup.BackupManifest;
import org.imagingutility.api.backup.LeftOut;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PartitionTableException;
import org.imagingutility.api.job.BackupRequest.Division;
import org.imagingutility.api.partition.GptCopies;
import org.imagingutility.api.partition.Partition;
import org.imagingutility.api.partition.PartitionRole;
import org.imagingutility.api.partition.PartitionTable;
import org.imagingutility.api.partition.PartitionTableKind;
import org.imagingutility.engine.probe.ProbeResult;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.source.DiskTable;
import org.imagingutility.engine.source.PartitionDevice;

/**
 * What a backup takes of a disk.
 *
 * @param disk the disk
 * @param table its partition table; empty if it has none, or none that can be gone by
 * @param parts what has content, by index; a disk without a table is one part
 * @param pieces what is stored as it is of the disk outside the parts, and its table wherever that stands
 * @param unpartitioned what else is kept outside the parts, if that is much
 * @param leftOut what of the disk is kept nowhere
 * @param warnings what matters to those who restore the disk, one sentence each
 */
public record DiskLayout(DeviceInfo disk, Optional<PartitionTable> table, List<SourcePart> parts, ExtentList pieces,
        Optional<SourcePart> unpartitioned, List<LeftOut> leftOut, List<String> warnings) {

    /**
     * Looks at a disk.
     *
     * @param scan looks at space that may be left out
     */
    static DiskLayout of(Plugins plugins, Device disk, Division division, SpaceScan scan) throws ImagingException {
        Optional<DiskTable> read;
        try {
            read = DiskTable.find(plugins, disk, division.sectorSize());
        } catch (PartitionTableException e) {
            return whole(disk, e.getMessage());
        }
        if (read.isEmpty()) {
            return volume(disk, "has no partition table");
        }
        PartitionTable table = read.get().table();
        if (!table.contradictions().isEmpty()) {
            return whole(disk, "its partition table contradicts itself: " + String.join("; ", table.contradictions()));
        }
        if (table.partitions().size() > BackupManifest.MAX_PARTITIONS) {
            return whole(disk, "its partition table has " + table.partitions().size() + " partitions, and a backup set lists "
                    + BackupManifest.MAX_PARTITIONS + " at most");
        }
        if (table.kind() == PartitionTableKind.MBR && table.partitions().isEmpty()) {
            return volume(disk, "has a boot record without partitions");
        }
        Optional<String> other = otherContent(plugins, disk);
        if (other.isPresent()) {
            return whole(disk, "it has a partition table, and " + other.get());
        }
        return divided(disk, read.get(), division, scan);
    }

    /**
     * Says what else than a divided disk it is by what stands on it: a file system or a member of something larger. Which of
     * the two it is, nobody can say: a table over an old file system, and a live system with a table for the firmware, look
     * alike. What cannot be looked at may be such.
     */
    private static Optional<String> otherContent(Plugins plugins, Device disk) throws ImagingException {
        try {
            // another subject than the disk itself: who images all blocks of that asks for an allocator anew
            Device device = PartitionDevice.ofRange(disk, 0, disk.length());
            return ProbeResult.find(plugins, device).map(known -> known.allocation().info().fileSystem()
                    + " fills the disk as well");
        } catch (FileSystemException e) {
            return Optional.of("what looks like a file system on the disk as a whole (" + e.getMessage() + ")");
        } catch (DeviceException e) {
            if (e.isDeviceChanged()) {
                throw e;
            }
            return Optional.of("whether a file system fills the disk as well cannot be looked at (" + e.getMessage() + ")");
        }
    }

    /** All blocks of the disk in one image: of what it tells of itself nothing can be gone by. */
    private static DiskLayout whole(Device disk, String reason) {
        return undivided(disk, true, "\"" + disk.info().reference() + "\": " + reason
                + ": all blocks of the disk are taken, in one image");
    }

    private static DiskLayout volume(Device disk, String reason) {
        return undivided(disk, false, "\"" + disk.info().reference() + "\" " + reason + ": it is taken as one volume");
    }

    private static DiskLayout undivided(Device disk, boolean allBlocks, String warning) {
        return new DiskLayout(disk.info(), Optional.empty(), List.of(SourcePart.ofDisk(disk.info().reference(), disk.length(),
                allBlocks)), ExtentList.empty(), Optional.empty(), List.of(), List.of(warning));
    }

    private static DiskLayout divided(Device disk, DiskTable read, Division division, SpaceScan scan) throws ImagingException {
        PartitionTable table = read.table();
        List<String> warnings = new ArrayList<>(warnings(disk.info().reference(), table));
        ExtentList structures = read.reader().structures(disk, table);
        List<SourcePart> parts = new ArrayList<>();
        for (Partition partition : table.partitions()) {
            if (partition.role() == PartitionRole.EXTENDED) {
                continue;
            }
            if (partition.offset() >= disk.length()) {
                warnings.add("partition " + partition.number() + " is not taken: nothing of it is on the disk");
                continue;
            }
            if (!inWholeSectors(disk, partition)) {
                return whole(disk, "partition " + partition.number() + " (bytes " + partition.offset() + " to "
                        + (partition.end() - 1) + ") does not lie in whole sectors of " + disk.sectorSize() + " bytes");
            }
            parts.add(part(disk, table, partition, structures, warnings));
        }
        UnpartitionedSpace space = UnpartitionedSpace.of(disk, read, parts, keepAll(table), division.unpartitioned(), scan,
                warnings);
        Optional<SourcePart> unpartitioned = space.image().count() == 0 ? Optional.empty()
                : Optional.of(SourcePart.ofSpace(disk.info().reference(), space.image()));
        return new DiskLayout(disk.info(), Optional.of(table), parts, space.pieces(), unpartitioned, space.leftOut(), warnings);
    }

    private static boolean inWholeSectors(Device disk, Partition partition) {
        return partition.offset() % disk.sectorSize() == 0
                && (partition.length() % disk.sectorSize() == 0 || partition.end() >= disk.length());
    }

    /** Makes a part of what is on the disk of a partition. */
    private static SourcePart part(Device disk, PartitionTable table, Partition partition, ExtentList structures,
            List<String> warnings) {
        Partition there = partition;
        boolean allBlocks = false;
        if (partition.end() > disk.length()) {
            there = new Partition(partition.number(), partition.role(), partition.offset(), disk.length() - partition.offset(),
                    partition.type(), partition.typeName(), partition.name(), partition.uniqueGuid(), partition.flags(),
                    partition.bootable());
            allBlocks = true;
            warnings.add("partition " + partition.number() + " ends behind the disk: bytes " + there.offset() + " to "
                    + (there.end() - 1) + ", which are on it, are taken, all of them");
        }
        ExtentList inside = structures.within(there.offset(), there.length());
        if (inside.count() > 0) {
            allBlocks = true;
            warnings.add("partition " + partition.number() + " holds a part of the partition table, at byte " + inside.offset(0)
                    + " of the disk: all blocks of the partition are taken, since what is free in it may be in use all the same");
        }
        return SourcePart.of(disk.info().reference(), table, there, allBlocks);
    }

    /** Says why nothing of the space in no partition may be left out; empty if it may be. */
    private static Optional<String> keepAll(PartitionTable table) {
        if (!table.isUnderstood()) {
            return Optional.of("not all of the partition table is understood");
        }
        return table.partitions().isEmpty() ? Optional.of("the partition table is empty, and what lies there may be what it was"
                + " written over") : Optional.empty();
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

    /** Returns the sector size the table counts in, or the device's. */
    public int sectorSize() {
        return table.map(PartitionTable::sectorSize).orElse(disk.sectorSize());
    }
}
