package org.imagingutility.disk;

import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.ArrayList;
import java.util.Optional;
import org.imagingutility.api.Extent;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.partition.PartitionTable;
import org.imagingutility.api.partition.PartitionTableKind;

/**
 * Finds what is to be kept of a disk outside its partitions: the structures of the table wherever they stand, the room in
 * front of the first partition (boot loaders), the beginning of each gap (boot records of logical partitions and the track
 * behind them, in which boot loaders live as well), and the end of the disk (RAID sets and dynamic disks of Windows keep
 * what they know there). What else is free is left out, unless the table tells less than it should: where the chain of logical
 * partitions breaks, an entry makes no sense, or one is not read since none should be there, there may be partitions in what
 * seems to be free. For one thread.
 */
final class PreservedRanges {
    /** Most that is kept in front of the first partition. Partitioning tools leave 1 MiB free, old ones a track. */
    private static final long MAX_FRONT = 16 << 20;
    /** Most that is kept of the beginning of other gaps, and of the end of the disk (UEFI tables, the LDM database). */
    private static final long MAX_EDGE = 1 << 20;

    private final PartitionTable table;
    private final AlignedReader reader;
    private final int unit;
    private final List<Extent> wanted = new ArrayList<>();

    PreservedRanges(Device disk, PartitionTable table) {
        this.table = table;
        this.reader = new AlignedReader(disk);
        this.unit = disk.sectorSize();
    }

    /** Returns the ranges, whole sectors of the device, in no partition. */
    ExtentList find() throws ImagingException {
        ExtentList gaps = table.gaps();
        for (int i = 0; i < gaps.count(); i++) {
            want(gaps.offset(i), Math.min(gaps.length(i), gaps.offset(i) == 0 ? MAX_FRONT : MAX_EDGE));
        }
        long tail = Math.max(0, table.diskLength() - MAX_EDGE);
        want(tail, table.diskLength() - tail);
        if (table.kind() == PartitionTableKind.MBR) {
            wantBootRecords();
        } else {
            GptPair pair = new GptPairReader(reader, table.sectorSize()).read();
            wantView();
            wantCopy(pair.primary());
            wantCopy(pair.backup());
            GptCopy used = pair.primary().isSound() ? pair.primary() : pair.backup();
            if (used.isSound() && usedEntries(used) > table.partitions().size()) {
                want(0, table.diskLength());
            }
        }
        return merged(gaps);
    }

    /** Wants a range; what of it lies behind the end of the disk is not there. */
    private void want(long offset, long length) {
        long begin = offset / unit * unit;
        long end = Math.min(table.diskLength(), (offset + length + unit - 1) / unit * unit);
        if (begin < end) {
            wanted.add(new Extent(begin, end - begin));
        }
    }

    private void wantBootRecords() throws ImagingException {
        boolean read = false;
        for (MbrEntry entry : Structures.record(reader).map(BootRecord::entries).orElse(List.of())) {
            if (entry.isExtended() && read) {
                // logical partitions of a second one are in no list
                want(entry.start() * table.sectorSize(), entry.count() * table.sectorSize());
            } else if (entry.isExtended()) {
                read = true;
                wantChain(entry);
            }
        }
    }

    private void wantChain(MbrEntry extended) throws ImagingException {
        ExtendedChain chain = new ExtendedChain(reader, table.sectorSize(), extended, new Warnings());
        chain.read();
        chain.records().forEach(at -> want(at, MAX_EDGE));
        chain.unread().forEach(one -> want(one.offset(), one.length()));
        if (chain.broken()) {
            want(extended.start() * table.sectorSize(), extended.count() * table.sectorSize());
        }
    }

    /** The entries of a hybrid disk are for systems that do not read the GPT: some show what is in no partition of it. */
    private void wantView() {
        table.mbrView().stream().filter(entry -> !MbrFit.isProtective(entry))
                .forEach(entry -> want(entry.offset(), entry.length()));
    }

    private static int usedEntries(GptCopy copy) {
        GptHeader header = copy.header().orElseThrow();
        ByteBuffer entries = ByteBuffer.wrap(copy.entries());
        int used = 0;
        for (int i = 0; i < header.entryCount(); i++) {
            int at = i * header.entrySize();
            used += entries.getLong(at) != 0 || entries.getLong(at + Long.BYTES) != 0 ? 1 : 0;
        }
        return used;
    }

    private void wantCopy(GptCopy copy) {
        copy.header().ifPresent(header -> {
            want(header.at(), table.sectorSize());
            want(header.entriesAt(), header.entriesLength());
        });
    }

    /** Returns what is wanted and lies in {@code gaps}, in order, each byte once. */
    private ExtentList merged(ExtentList gaps) {
        wanted.sort(Comparator.comparingLong(Extent::offset));
        ExtentList.Builder all = new ExtentList.Builder();
        long done = 0;
        for (Extent extent : wanted) {
            long from = Math.max(done, extent.offset());
            long to = extent.offset() + extent.length();
            ExtentList inside = to > from ? gaps.within(from, to - from) : ExtentList.empty();
            for (int i = 0; i < inside.count(); i++) {
                all.add(inside.offset(i), inside.length(i));
            }
            done = Math.max(done, to);
        }
        return all.build();
    }
}
