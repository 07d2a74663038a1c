package org.imagingutility.disk;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.Extent;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.partition.PartitionTable;
import org.imagingutility.api.partition.PartitionTableKind;

/** Where on a disk its table stands: the first sector, extended boot records, both copies of a GPT. For one thread. */
final class Structures {
    private final PartitionTable table;
    private final AlignedReader reader;
    private final List<Extent> found = new ArrayList<>();

    Structures(Device disk, PartitionTable table) {
        this.table = table;
        this.reader = new AlignedReader(disk);
    }

    /** Returns the sectors, wherever they lie. */
    ExtentList find() throws ImagingException {
        add(0, table.sectorSize());
        if (table.kind() == PartitionTableKind.MBR) {
            Optional<BootRecord> first = record(reader);
            for (MbrEntry entry : first.map(BootRecord::entries).orElse(List.of())) {
                if (entry.isExtended()) {
                    ExtendedChain chain = new ExtendedChain(reader, table.sectorSize(), entry, new Warnings());
                    chain.read();
                    chain.records().forEach(at -> add(at, table.sectorSize()));
                    break;
                }
            }
        } else {
            GptPair pair = new GptPairReader(reader, table.sectorSize()).read();
            add(pair.primary());
            add(pair.backup());
        }
        return sorted();
    }

    /** Returns the first sector; empty if it cannot be read, then the table came without it. */
    static Optional<BootRecord> record(AlignedReader reader) throws ImagingException {
        try {
            ByteBuffer first = reader.read(0, BootRecord.LENGTH);
            return Optional.of(BootRecord.parse(first, 0));
        } catch (DeviceException e) {
            if (e.isDeviceChanged()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private void add(GptCopy copy) {
        copy.header().ifPresent(header -> {
            add(header.at(), table.sectorSize());
            add(header.entriesAt(), header.entriesLength());
        });
    }

    private void add(long offset, long length) {
        int unit = reader.sectorSize();
        long begin = offset / unit * unit;
        long end = Math.min(table.diskLength(), (offset + length + unit - 1) / unit * unit);
        if (begin < end) {
            found.add(new Extent(begin, end - begin));
        }
    }

    private ExtentList sorted() {
        found.sort(Comparator.comparingLong(Extent::offset));
        ExtentList.Builder all = new ExtentList.Builder();
        long done = 0;
        for (Extent extent : found) {
            if (extent.end() > done) {
                long from = Math.max(done, extent.offset());
                all.add(from, extent.end() - from);
                done = extent.end();
            }
        }
        return all.build();
    }
}
