package org.imagingutility.allocator.ntfs.files;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.imagingutility.allocator.ntfs.mft.MftBitmap;
import org.imagingutility.allocator.ntfs.mft.MftScan;
import org.imagingutility.allocator.ntfs.mft.RangeIndex;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.ntfs.mft.AttributeList;
import org.imagingutility.fs.ntfs.mft.MftTable;
import org.imagingutility.fs.ntfs.runs.MappingPairs;
import org.imagingutility.fs.ntfs.runs.Volume;
import org.imagingutility.fs.ntfs.structure.Attribute;
import org.imagingutility.fs.ntfs.structure.MftRecord;

/**
 * Finds, among the records of {@code $MFT} it is shown, those with something in the ranges looked for: clusters of any
 * attribute, or the record itself. A file whose runs stand in several records is put together by the reference each of
 * them has to the base record. What contradicts itself is passed over. For one thread.
 */
final class TouchedRecords implements MftScan.Visitor {
    private static final int BLOCK = 512;
    /** Most attribute lists outside their records that are read: each may have 256 KiB, and each record such a list. */
    private static final int MAX_LISTS = 4096;

    private final Volume volume;
    private final MftTable table;
    private final RangeIndex ranges;
    private final MftBitmap used;
    private final int limit;
    private final boolean tableTouched;
    private final Map<Long, TouchedRecord> files = new LinkedHashMap<>();
    /** Records in the ranges that tell nothing of themselves. */
    private final Set<Long> lost = new LinkedHashSet<>();
    /** Records in the ranges that the attribute list of a file names as its own. */
    private final Set<Long> claimed = new HashSet<>();
    private int count;
    private int lists;

    /**
     * Creates an empty collection.
     *
     * @param volume its reader is used while records are shown, for attribute lists
     * @param used tells which records are in use
     * @param limit most streams and lost records that are collected
     */
    TouchedRecords(Volume volume, MftTable table, RangeIndex ranges, MftBitmap used, int limit) {
        this.volume = volume;
        this.table = table;
        this.ranges = ranges;
        this.used = used;
        this.limit = limit;
        this.tableTouched = ranges.overlap(table.stream(), 0, table.position(table.recordCount())) > 0;
    }

    /** Returns the files, in order of the record they were found by. */
    Collection<TouchedRecord> files() {
        return files.values();
    }

    /** Returns the numbers of the records in the ranges that are not known to belong to one of the files. */
    Set<Long> lost() {
        Set<Long> unexplained = new LinkedHashSet<>(lost);
        unexplained.removeAll(claimed);
        files.keySet().forEach(reference -> unexplained.remove(MftRecord.numberIn(reference)));
        return unexplained;
    }

    @Override
    public void record(long number, byte[] bytes, int at) throws ImagingException {
        boolean inRanges = isInRanges(number);
        if (MftRecord.isRecord(bytes, at)) {
            // asked first, as most records that are not in use would otherwise cost an exception
            if (!MftRecord.isInUse(bytes, at)) {
                return;
            }
            try {
                long position = table.position(number);
                look(MftRecord.parse(Arrays.copyOfRange(bytes, at, at + table.recordSize()), number,
                        table.stream().place(position)), inRanges);
                return;
            } catch (FileSystemException torn) {
                // as good as unreadable
            }
        }
        if (inRanges) {
            unreadable(number);
        }
    }

    @Override
    public void unreadable(long number) throws ImagingException {
        if (count < limit && isInRanges(number) && used.mayBeInUse(number)) {
            lost.add(number);
            count++;
        }
    }

    private boolean isInRanges(long number) {
        return number >= 0 && number < table.recordCount() && tableTouched
                && ranges.overlap(table.stream(), table.position(number), table.recordSize()) > 0;
    }

    private void look(MftRecord record, boolean inRanges) throws ImagingException {
        if (inRanges) {
            note(record, "", 0);
        }
        for (Attribute attribute : record.attributes()) {
            if (attribute instanceof Attribute.NonResident outside) {
                lookAtRuns(record, outside);
            } else if (inRanges && attribute.type() == Attribute.DATA) {
                lookAtValue(record, (Attribute.Resident) attribute);
            }
            if (tableTouched && attribute.type() == Attribute.ATTRIBUTE_LIST && record.baseReference() == 0) {
                lookAtList(record, attribute);
            }
        }
    }

    private void lookAtValue(MftRecord record, Attribute.Resident attribute) {
        long bytes = 0;
        // by the smallest cluster at most, because a record may lie in several runs
        int length = attribute.value().limit();
        for (int done = 0; done < length;) {
            long offset = attribute.place().toDevice().applyAsLong(attribute.valueAt() + (long) done);
            int part = (int) Math.min(length - done, BLOCK - offset % BLOCK);
            bytes += ranges.overlap(offset, offset + part);
            done += part;
        }
        if (bytes > 0) {
            note(record, attribute.name(), bytes);
        }
    }

    private void lookAtRuns(MftRecord record, Attribute.NonResident attribute) {
        boolean content = attribute.type() == Attribute.DATA;
        // only the first piece says how long the data is; what follows in the last cluster is no content
        long size = content && attribute.lowestVcn() == 0 ? Math.max(0, attribute.dataSize()) : Long.MAX_VALUE;
        long clusterCount = volume.boot().clusterCount();
        int clusterSize = volume.boot().clusterSize();
        boolean touched = false;
        long bytes = 0;
        long vcn = 0;
        try {
            MappingPairs runs = new MappingPairs(attribute, "an attribute");
            while (runs.next()) {
                long length = runs.length();
                if (length <= 0 || length > Long.MAX_VALUE / clusterSize - vcn) {
                    break;
                }
                if (!runs.isHole()) {
                    if (runs.lcn() < 0 || runs.lcn() >= clusterCount || length > clusterCount - runs.lcn()) {
                        break;
                    }
                    long offset = runs.lcn() * clusterSize;
                    if (ranges.overlap(offset, offset + length * clusterSize) > 0) {
                        touched = true;
                        long sized = Math.min(length * clusterSize, size - vcn * clusterSize);
                        bytes = TouchedRecord.sum(bytes, content ? ranges.overlap(offset, offset + sized) : 0);
                    }
                }
                vcn += length;
            }
        } catch (FileSystemException unreadable) {
            // the runs before it count
        }
        if (touched) {
            note(record, content ? attribute.name() : "", bytes);
        }
    }

    /** A file has lost runs or names if one of its further records is in the ranges, whatever is left of that record. */
    private void lookAtList(MftRecord base, Attribute list) throws ImagingException {
        if (list instanceof Attribute.NonResident && lists++ >= MAX_LISTS) {
            return;
        }
        try {
            for (AttributeList.Entry entry : AttributeList.entries(list, base, volume)) {
                long holder = MftRecord.numberIn(entry.reference());
                if (isInRanges(holder)) {
                    if (holder != base.number() && claimed.size() < limit) {
                        claimed.add(holder);
                    }
                    note(base, "", 0);
                }
            }
        } catch (FileSystemException | DeviceException unreadable) {
            // the list's own clusters, where they are in the ranges, have been noted by their runs
        }
    }

    private void note(MftRecord record, String stream, long bytes) {
        long reference = record.baseReference() == 0 ? MftRecord.reference(record.number(), record.sequence())
                : record.baseReference();
        TouchedRecord file = files.get(reference);
        if (file == null || !file.has(stream)) {
            if (count >= limit) {
                return;
            }
            count++;
        }
        if (file == null) {
            file = new TouchedRecord(reference);
            files.put(reference, file);
        }
        file.see(record);
        file.add(stream, bytes);
    }
}
