package org.imagingutility.disk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PartitionTableException;
import org.imagingutility.api.partition.Partition;
import org.imagingutility.api.partition.PartitionTable;
import org.imagingutility.api.partition.TableFit;
import org.imagingutility.api.partition.TableWrite;

/**
 * Fits a GPT to a disk of another length (UEFI 5.3): the backup goes to the last sectors, the usable sectors end before it,
 * both headers say so, and the protective entry of the first sector covers the disk (UEFI 5.2.3). Entries stay as they are. For
 * one thread.
 */
final class GptFit {
    private static final int LENGTH_AT = 12;
    private static final int CRC_AT = 16;
    private static final int OWN_SECTOR_AT = 24;
    private static final int LAST_USABLE_AT = 48;
    private static final int ENTRIES_AT = 72;
    private static final long PRIMARY_SECTOR = 1;
    private static final long MAX_MBR_COUNT = 0xFFFF_FFFFL;

    private final Device disk;
    private final PartitionTable table;
    private final AlignedReader reader;
    private final int sectorSize;

    GptFit(Device disk, PartitionTable table) {
        this.disk = disk;
        this.table = table;
        this.reader = new AlignedReader(disk);
        this.sectorSize = table.sectorSize();
    }

    /** Returns the length of the shortest disk that has room: all partitions, and behind them a backup. */
    long shortestDisk() throws ImagingException {
        GptCopy used = used(pair());
        GptHeader header = used.header().orElseThrow();
        long end = Stream.concat(table.partitions().stream(),
                table.mbrView().stream().filter(entry -> !MbrFit.isProtective(entry)))
                .filter(partition -> partition.end() <= table.diskLength()).mapToLong(Partition::end).max().orElse(0);
        long sectors = Math.max((end + sectorSize - 1) / sectorSize, header.firstUsable());
        return (sectors + entriesSectors(header) + 1) * sectorSize;
    }

    /** Says what changes on a disk of {@code length} bytes, which is not less than {@link #shortestDisk}. */
    TableFit fit(long length) throws ImagingException {
        GptPair pair = pair();
        GptCopy used = used(pair);
        GptHeader header = used.header().orElseThrow();
        long last = length / sectorSize - 1;
        long backupEntries = last - entriesSectors(header);
        // the entries of the primary may stand anywhere in front of the partitions; a lost one goes where they usually are
        long primaryEntries = pair.primary().isSound() ? header.entriesAt() / sectorSize : PRIMARY_SECTOR + 1;
        if (!pair.primary().isSound() && primaryEntries + entriesSectors(header) > header.firstUsable()) {
            throw new PartitionTableException(disk.info().reference(), sectorSize, "the primary GPT is damaged, and there is no"
                    + " room in front of sector " + header.firstUsable() + " to make it again",
                    "restore to a disk of " + table.diskLength() + " bytes");
        }
        List<TableWrite> writes = new ArrayList<>();
        firstSector(length / sectorSize, writes);
        writes.add(new TableWrite(PRIMARY_SECTOR * sectorSize,
                header(header, PRIMARY_SECTOR, last, primaryEntries, backupEntries - 1)));
        writes.add(new TableWrite(primaryEntries * sectorSize, sectors(used.entries())));
        writes.add(new TableWrite(backupEntries * sectorSize, sectors(used.entries())));
        writes.add(new TableWrite(last * sectorSize, header(header, last, PRIMARY_SECTOR, backupEntries, backupEntries - 1)));
        return new TableFit(writes, obsolete(pair), notices(pair, last * sectorSize));
    }

    private GptPair pair() throws ImagingException {
        return new GptPairReader(reader, sectorSize).read();
    }

    private GptCopy used(GptPair pair) throws PartitionTableException {
        if (!pair.primary().isSound() && !pair.backup().isSound()) {
            throw new PartitionTableException(disk.info().reference(), sectorSize, "no sound copy of the GPT is there", null);
        }
        return pair.primary().isSound() ? pair.primary() : pair.backup();
    }

    private long entriesSectors(GptHeader header) {
        return (header.entriesLength() - 1L) / sectorSize + 1;
    }

    /** Takes the header as it stands, so that what this program does not know of it stays, and changes what must change. */
    private ByteBuffer header(GptHeader header, long own, long alternate, long entries, long lastUsable)
            throws ImagingException {
        ByteBuffer sector = ByteBuffer.allocate(sectorSize).order(ByteOrder.LITTLE_ENDIAN);
        sector.put(reader.read(header.at(), sectorSize)).clear();
        sector.putLong(OWN_SECTOR_AT, own).putLong(GptHeader.ALTERNATE_AT, alternate);
        sector.putLong(LAST_USABLE_AT, lastUsable).putLong(ENTRIES_AT, entries);
        sector.putInt(CRC_AT, 0);
        CRC32 crc = new CRC32();
        crc.update(sector.array(), 0, sector.getInt(LENGTH_AT));
        return sector.putInt(CRC_AT, (int) crc.getValue());
    }

    private ByteBuffer sectors(byte[] entries) {
        return ByteBuffer.allocate((int) ((entries.length - 1L) / sectorSize + 1) * sectorSize).put(entries).clear();
    }

    /** An entry that protected the disk up to its end does so on the new one; one that leaves room for others stays. */
    private void firstSector(long sectorCount, List<TableWrite> writes) throws ImagingException {
        ByteBuffer sector = ByteBuffer.allocate(sectorSize).order(ByteOrder.LITTLE_ENDIAN);
        sector.put(reader.read(0, sectorSize)).clear();
        long oldCount = table.diskLength() / sectorSize;
        boolean changed = false;
        for (MbrEntry entry : BootRecord.parse(sector, 0).entries()) {
            if (entry.isProtective() && (entry.start() + entry.count() >= oldCount || entry.count() == MAX_MBR_COUNT)) {
                sector.putInt((int) entry.at() + MbrEntry.COUNT_AT, (int) Math.min(sectorCount - entry.start(), MAX_MBR_COUNT));
                changed = true;
            }
        }
        if (changed) {
            writes.add(new TableWrite(0, sector));
        }
    }

    private ExtentList obsolete(GptPair pair) {
        if (!pair.backup().isSound()) {
            return ExtentList.empty();
        }
        GptHeader old = pair.backup().header().orElseThrow();
        long entriesLength = entriesSectors(old) * sectorSize;
        ExtentList.Builder obsolete = new ExtentList.Builder();
        if (old.entriesAt() < old.at()) {
            obsolete.add(old.entriesAt(), entriesLength).add(old.at(), sectorSize);
        } else {
            obsolete.add(old.at(), sectorSize).add(old.entriesAt(), entriesLength);
        }
        return obsolete.build();
    }

    private static List<String> notices(GptPair pair, long headerAt) {
        List<String> notices = new ArrayList<>();
        notices.add("the backup of the GPT goes to the end of the disk (header at byte " + headerAt + ")");
        if (!pair.primary().isSound()) {
            notices.add("the primary GPT of the disk was damaged: it is made again from the backup");
        }
        if (!pair.backup().isSound()) {
            notices.add("the backup GPT of the disk was damaged: it is made again from the primary");
        }
        return notices;
    }
}
