package org.imagingutility.disk;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.imagingutility.api.Extent;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.partition.PartitionRole;

/**
 * The logical partitions: a chain of extended boot records, each with an entry for one partition (counted from the record
 * on) and one that leads to the next record (counted from the beginning of the extended partition on). Where the chain
 * breaks, what was found before it stays and a warning tells the place. For one thread.
 */
final class ExtendedChain {
    private static final int FIRST_NUMBER = 5;
    /** More records than any system takes: Linux has minor numbers for 255 partitions of a disk. */
    private static final int MOST_RECORDS = 1024;

    private final AlignedReader reader;
    private final int sectorSize;
    private final MbrEntry extended;
    private final Warnings warnings;
    private final List<Long> records = new ArrayList<>();
    private final List<Extent> unread = new ArrayList<>();
    private boolean broken;

    /** Creates a reader of the chain that begins where {@code extended}, an entry of the master boot record, says. */
    ExtendedChain(AlignedReader reader, int sectorSize, MbrEntry extended, Warnings warnings) {
        this.reader = reader;
        this.sectorSize = sectorSize;
        this.extended = extended;
        this.warnings = warnings;
    }

    /** Returns the logical partitions, numbered from 5 on in the order of the chain. */
    List<Placed> read() throws ImagingException {
        List<Placed> found = new ArrayList<>();
        Set<Long> seen = new HashSet<>();
        Optional<Link> next = Optional.of(new Link(extended.start(), extended.at() + MbrEntry.START_AT));
        while (next.isPresent()) {
            Link link = next.get();
            if (!seen.add(link.sector)) {
                stop(link.from, "leads back to the extended boot record at byte " + link.sector * sectorSize);
                break;
            }
            if (seen.size() > MOST_RECORDS) {
                stop(link.from, "more than " + MOST_RECORDS + " extended boot records");
                break;
            }
            Optional<BootRecord> record = follow(link);
            if (record.isPresent()) {
                records.add(link.sector * sectorSize);
            }
            record.flatMap(one -> partition(one, link.sector)).ifPresent(entry -> found.add(MbrReader.placed(entry,
                    FIRST_NUMBER + found.size(), PartitionRole.LOGICAL, link.sector, sectorSize)));
            next = record.flatMap(ExtendedChain::next).map(entry ->
                    new Link(extended.start() + entry.start(), entry.at() + MbrEntry.START_AT));
        }
        warnOfStrays(found);
        return found;
    }

    /** Returns the byte offsets on the disk of the extended boot records that {@link #read} found, in the chain's order. */
    List<Long> records() {
        return List.copyOf(records);
    }

    /**
     * The way to a record.
     *
     * @param sector sector of the disk it stands in
     * @param from byte offset on the disk of the number that says so
     */
    private record Link(long sector, long from) {
    }

    private Optional<BootRecord> follow(Link link) throws ImagingException {
        long at = link.sector * sectorSize;
        if (at > reader.deviceLength() - BootRecord.LENGTH) {
            return stop(link.from, "leads to byte " + at + ", behind the end of the disk (" + reader.deviceLength() + " bytes)");
        }
        if (link.sector >= extended.start() + extended.count()) {
            return stop(link.from, "leads to byte " + at + ", behind the end of the extended partition");
        }
        BootRecord record;
        try {
            record = BootRecord.parse(reader.read(at, BootRecord.LENGTH), at);
        } catch (DeviceException e) {
            if (e.isDeviceChanged()) {
                throw e;
            }
            return stop(at, "the extended boot record cannot be read (" + e.getMessage() + ")");
        }
        return record.signed() ? Optional.of(record)
                : stop(at + BootRecord.SIGNATURE_AT, "the extended boot record does not end in 55 AA");
    }

    /** Says whether {@link #read} could not follow the chain to its end. */
    boolean broken() {
        return broken;
    }

    private Optional<BootRecord> stop(long at, String reason) {
        broken = true;
        warnings.at(at, reason + ": the chain of logical partitions is cut off here, there may be more of them");
        return Optional.empty();
    }

    /** Returns what entries claim that no record of a chain should have: {@link #read} made no partitions of them. */
    List<Extent> unread() {
        return List.copyOf(unread);
    }

    private Optional<MbrEntry> partition(BootRecord record, long sector) {
        List<MbrEntry> used = record.entries().stream().filter(entry -> entry.isUsed() && !entry.isExtended()).toList();
        if (used.size() > 1) {
            warnings.at(used.get(1).at(), "a second partition in an extended boot record: it is not read");
        }
        for (MbrEntry more : used.subList(Math.min(1, used.size()), used.size())) {
            unread.add(new Extent((sector + more.start()) * sectorSize, more.count() * sectorSize));
        }
        return used.stream().findFirst();
    }

    private static Optional<MbrEntry> next(BootRecord record) {
        return record.entries().stream().filter(MbrEntry::isExtended).findFirst();
    }

    private void warnOfStrays(List<Placed> found) {
        long begin = extended.start() * sectorSize;
        long end = begin + extended.count() * sectorSize;
        for (Placed one : found) {
            if (one.partition().offset() < begin || one.partition().end() > end) {
                warnings.at(one.at(), "logical partition " + one.partition().number()
                        + " does not lie inside the extended partition (bytes " + begin + " to " + (end - 1) + ")");
            }
        }
    }
}
