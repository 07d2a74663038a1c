package org.imagingutility.disk;

import java.util.Optional;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PartitionTableException;
import org.imagingutility.api.partition.DiskAround;
import org.imagingutility.api.partition.PartitionTable;
import org.imagingutility.api.partition.PartitionTableKind;
import org.imagingutility.api.partition.PartitionTableReader;
import org.imagingutility.api.partition.TableFit;
import org.osgi.service.component.annotations.Component;

/**
 * Reads the tables of MBR, GPT and hybrid disks, knows what belongs to them, and fits them to disks of another length. The
 * sectors of an MBR are as long as those of the device; a GPT tells. Safe for use by several threads.
 *
 * <p>A GPT counts if the first sector announces it (type 0xEE). Without that it counts only if its primary header is there
 * and no other table is: a backup alone at the end of a disk may be years old.
 */
@Component
public final class MbrGptReader implements PartitionTableReader {

    /** Creates the reader. */
    public MbrGptReader() {
    }

    @Override
    public String name() {
        return "mbr-gpt";
    }

    @Override
    public Optional<PartitionTable> read(Device device) throws ImagingException {
        if (device.length() < BootRecord.LENGTH) {
            return Optional.empty();
        }
        AlignedReader reader = new AlignedReader(device);
        Warnings warnings = new Warnings();
        BootRecord record;
        try {
            record = BootRecord.parse(reader.read(0, BootRecord.LENGTH), 0);
        } catch (DeviceException e) {
            if (e.isDeviceChanged()) {
                throw e;
            }
            // a GPT does not need the first sector; without one there is nothing to go by
            warnings.at(0, "the first sector cannot be read (" + e.getMessage() + ")");
            return Optional.of(new GptReader(device, reader, warnings).read(Optional.empty()).orElseThrow(() -> e));
        }
        return read(device, reader, record, warnings);
    }

    @Override
    public ExtentList essentials(Device disk, PartitionTable table) throws ImagingException {
        return new PreservedRanges(disk, table).find();
    }

    @Override
    public ExtentList structures(Device disk, PartitionTable table) throws ImagingException {
        return new Structures(disk, table).find();
    }

    @Override
    public long shortestDisk(Device disk, PartitionTable table) throws ImagingException {
        return table.kind() == PartitionTableKind.MBR ? MbrFit.shortestDisk(table) : new GptFit(disk, table).shortestDisk();
    }

    @Override
    public TableFit fit(Device disk, PartitionTable table, long length) throws ImagingException {
        if (length == table.diskLength()) {
            return TableFit.AS_IT_IS;
        }
        long shortest = shortestDisk(disk, table);
        if (length < shortest) {
            throw new PartitionTableException(disk.info().reference(), 0, "the table and its partitions need a disk of " + shortest
                    + " bytes, this one would have " + length, "restore to a larger disk");
        }
        return table.kind() == PartitionTableKind.MBR ? TableFit.AS_IT_IS : new GptFit(disk, table).fit(length);
    }

    @Override
    public Optional<DiskAround> around(long volumeLength, int sectorSize, String allocator, String identity) {
        return Optional.of(GptAround.of(volumeLength, sectorSize, allocator.equals("ext"), identity));
    }

    private static Optional<PartitionTable> read(Device device, AlignedReader reader, BootRecord record, Warnings warnings)
            throws ImagingException {
        if (record.isProtective()) {
            return new GptReader(device, reader, warnings).read(Optional.of(record));
        }
        boolean table = record.isTable(device.length() / device.sectorSize());
        if (table && !record.isEmpty()) {
            warnOfUnusedGpt(device, reader, warnings);
        } else if (!record.fileSystem() && record.isEmpty()) {
            Optional<PartitionTable> gpt = new GptReader(device, reader, warnings).read(Optional.of(record));
            if (gpt.isPresent()) {
                return gpt;
            }
        }
        return table ? Optional.of(new MbrReader(reader, device.sectorSize(), warnings).read(record)) : Optional.empty();
    }

    private static void warnOfUnusedGpt(Device device, AlignedReader reader, Warnings warnings) throws ImagingException {
        int sectorSize = device.sectorSize();
        if (device.length() >= 2L * sectorSize && GptHeader.isSigned(reader.read(sectorSize, sectorSize))) {
            warnings.at(sectorSize, "a GPT header that the MBR does not announce: it is taken for a left-over and not used");
        }
    }
}
