package org.imagingutility.disk;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.partition.Partition;
import org.imagingutility.api.partition.PartitionRole;
import org.imagingutility.api.partition.PartitionTable;
import org.imagingutility.api.partition.PartitionTableKind;

/** Reads the table of a master boot record with all that hangs on it. For one thread. */
final class MbrReader {
    private final AlignedReader reader;
    private final int sectorSize;
    private final Warnings warnings;

    /** Reads sectors of {@code sectorSize} bytes. */
    MbrReader(AlignedReader reader, int sectorSize, Warnings warnings) {
        this.reader = reader;
        this.sectorSize = sectorSize;
        this.warnings = warnings;
    }

    /** Returns the table that begins in {@code record}. */
    PartitionTable read(BootRecord record) throws ImagingException {
        List<Placed> all = new ArrayList<>();
        boolean extended = false;
        for (int i = 0; i < record.entries().size(); i++) {
            MbrEntry entry = record.entries().get(i);
            if (entry.isUsed()) {
                all.add(primary(entry, i + 1, sectorSize));
            }
        }
        for (MbrEntry entry : record.entries()) {
            if (entry.isExtended() && extended) {
                warnings.at(entry.at(), "a second extended partition: its logical partitions are not read");
            } else if (entry.isExtended()) {
                extended = true;
                all.addAll(new ExtendedChain(reader, sectorSize, entry, warnings).read());
            }
        }
        long length = reader.deviceLength();
        Placed.warnOfEnds(all, length, warnings);
        Warnings contradictions = new Warnings();
        Placed.tellHolders(all, "the partition table", 0, BootRecord.LENGTH, contradictions);
        Placed.tellOverlaps(all, length, contradictions);
        return new PartitionTable(PartitionTableKind.MBR, length, sectorSize, record.diskSignatureText(), "",
                Placed.partitions(all), List.of(), Optional.empty(), warnings.toList(), contradictions.toList());
    }

    /** Returns what the entries of the record of a GPT disk show. */
    static List<Placed> view(BootRecord record, int sectorSize) {
        List<Placed> all = new ArrayList<>();
        for (int i = 0; i < record.entries().size(); i++) {
            MbrEntry entry = record.entries().get(i);
            if (entry.isUsed()) {
                all.add(primary(entry, i + 1, sectorSize));
            }
        }
        return all;
    }

    private static Placed primary(MbrEntry entry, int number, int sectorSize) {
        return placed(entry, number, entry.isExtended() ? PartitionRole.EXTENDED : PartitionRole.PRIMARY, 0, sectorSize);
    }

    /** Makes a partition of an entry that counts from sector {@code base} on. */
    static Placed placed(MbrEntry entry, int number, PartitionRole role, long base, int sectorSize) {
        return new Placed(new Partition(number, role, (base + entry.start()) * sectorSize, entry.count() * sectorSize,
                entry.typeCode(), MbrTypes.name(entry.type()), "", "", entry.status(), entry.isBootable()), entry.at());
    }
}
