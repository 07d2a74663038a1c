package org.imagingutility.allocator.ntfs.mft;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.ntfs.mft.MftTable;
import org.imagingutility.fs.ntfs.runs.MappingPairs;
import org.imagingutility.fs.ntfs.runs.Volume;
import org.imagingutility.fs.ntfs.structure.Attribute;
import org.imagingutility.fs.ntfs.structure.MftRecord;

/**
 * The files the file system keeps for itself, which stand in the first records of {@code $MFT}: where their clusters are as
 * far as those records tell, and what is wrong with them.
 *
 * @param runs their clusters, in any order
 * @param damage what is wrong with the first record that is damaged
 */
public record SystemFiles(List<Run> runs, Optional<String> damage) {
    /** {@code $MFTMirr} to {@code $Extend}, but for those that are read elsewhere. */
    private static final int[] RECORDS = {1, 2, 4, 5, 7, 8, 9, 10, 11};
    /** {@code $BadClus}: its stream {@code $Bad} is as long as the volume. */
    private static final int BAD_CLUSTERS = 8;

    /** Clusters {@code [start, end)}. */
    public record Run(long start, long end) {
    }

    /** Reads the records; those that are not in use, or were never written, do not count. */
    public static SystemFiles read(Volume volume, MftTable table) throws ImagingException {
        List<Run> runs = new ArrayList<>();
        Optional<String> damage = Optional.empty();
        for (int number : RECORDS) {
            try {
                if (number < table.recordCount()) {
                    read(volume, table, number, runs);
                }
            } catch (FileSystemException | DeviceException damaged) {
                damage = damage.isPresent() ? damage : Optional.of(damaged.getMessage());
            }
        }
        return new SystemFiles(List.copyOf(runs), damage);
    }

    private static void read(Volume volume, MftTable table, int number, List<Run> runs) throws ImagingException {
        long position = table.position(number);
        byte[] raw = table.stream().read(volume.reader(), position, table.recordSize());
        if (!MftRecord.isRecord(raw, 0) || !MftRecord.isInUse(raw, 0)) {
            return;
        }
        for (Attribute attribute : MftRecord.parse(raw, number, table.stream().place(position)).attributes()) {
            if (attribute instanceof Attribute.NonResident outside && number != BAD_CLUSTERS) {
                long clusterCount = volume.boot().clusterCount();
                MappingPairs pairs = new MappingPairs(outside, "record " + number);
                while (pairs.next()) {
                    if (pairs.isHole()) {
                        continue;
                    }
                    if (pairs.length() <= 0 || pairs.lcn() < 0 || pairs.lcn() >= clusterCount
                            || pairs.length() > clusterCount - pairs.lcn()) {
                        throw pairs.place().wrong(0, "a run of record " + number + " has " + pairs.length()
                                + " clusters at cluster " + pairs.lcn() + "; the volume has " + clusterCount);
                    }
                    runs.add(new Run(pairs.lcn(), pairs.lcn() + pairs.length()));
                }
            }
        }
    }
}
