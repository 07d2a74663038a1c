package org.imagingutility.allocator.ntfs.clusters;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.imagingutility.allocator.ntfs.mft.MftBitmap;
import org.imagingutility.allocator.ntfs.mft.MftScan;
import org.imagingutility.allocator.ntfs.mft.RangeIndex;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.ClusterReferences;
import org.imagingutility.api.allocator.ClusterWindow;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.ntfs.mft.AttributeList;
import org.imagingutility.fs.ntfs.mft.Mft;
import org.imagingutility.fs.ntfs.mft.MftTable;
import org.imagingutility.fs.ntfs.runs.MappingPairs;
import org.imagingutility.fs.ntfs.runs.Volume;
import org.imagingutility.fs.ntfs.structure.Attribute;
import org.imagingutility.fs.ntfs.structure.MftRecord;

/**
 * What the records of {@code $MFT} that are in use refer to: the clusters of all their attributes. A record counts as in use
 * if it says so or if the bitmap of {@code $MFT} does. Where it cannot be told what a record in use refers to, that is an
 * error, since something would be missing. For one thread.
 *
 * <p>What was only written to {@code $LogFile} is not followed.
 */
public final class RecordsInUse implements ClusterReferences {
    /** {@code $Volume} has its values in its record; where that is damaged, no cluster is missing. */
    private static final long VOLUME = 3;

    private final Volume volume;
    private final MftTable table;
    private final ReservedClusters reserved;

    /**
     * Creates the references of a volume.
     *
     * @param volume its reader is this object's alone
     * @param table where the records are
     * @param reserved clusters that are in use whatever the records say
     */
    public RecordsInUse(Volume volume, MftTable table, ReservedClusters reserved) {
        this.volume = volume;
        this.table = table;
        this.reserved = reserved;
    }

    @Override
    public void addTo(ClusterWindow window) throws ImagingException {
        reserved.addTo(window);
        Pass pass = new Pass(window, Mft.open(volume));
        pass.compareMirror();
        // records behind those that were initialised count as well if they are sound: the size may lag behind
        long all = volume.bytesOf(table.stream().runs()) / table.recordSize();
        MftTable whole = new MftTable(table.stream(), table.recordSize(), all);
        new MftScan(volume.reader(), whole, new RangeIndex(ExtentList.empty())).run(pass);
    }

    /** Goes through the records once. */
    private final class Pass implements MftScan.Visitor {
        private final ClusterWindow window;
        private final Mft mft;
        private final MftBitmap used = new MftBitmap(volume);
        /** Pairs of a file and a further record of it that were looked at; a sound table has less than it has records. */
        private long holders;

        Pass(ClusterWindow window, Mft mft) {
            this.window = window;
            this.mft = mft;
        }

        /** A table that grew last may be known in full to its mirror alone. */
        void compareMirror() throws ImagingException {
            Optional<MftRecord> copy = mft.readMirrored();
            if (copy.isPresent() && copy.get().dataClusters() > mft.self().dataClusters()) {
                throw mft.self().wrong("has " + mft.self().dataClusters() + " clusters of $MFT, its copy in $MFTMirr "
                        + copy.get().dataClusters());
            }
        }

        @Override
        public void record(long number, byte[] bytes, int at) throws ImagingException {
            boolean expected = number < table.recordCount();
            if (!MftRecord.isRecord(bytes, at)) {
                if (expected && !isZero(bytes, at) && used.mayBeInUse(number)) {
                    throw wrong(number, "is in use according to the bitmap of $MFT, but is no record");
                }
                return;
            }
            boolean inUse = MftRecord.isInUse(bytes, at);
            if (!inUse && !(expected && used.mayBeInUse(number))) {
                return;
            }
            try {
                look(MftRecord.parseAny(Arrays.copyOfRange(bytes, at, at + table.recordSize()), number,
                        table.stream().place(table.position(number))));
            } catch (FileSystemException damaged) {
                if (expected && inUse && number != VOLUME) {
                    throw damaged;
                }
                // it is not known to be a record that anybody uses
            }
        }

        @Override
        public void unreadable(long number) throws ImagingException {
            if (number < table.recordCount() && number != VOLUME && used.mayBeInUse(number)) {
                throw wrong(number, "cannot be read");
            }
        }

        private FileSystemException wrong(long number, String reason) {
            return table.stream().place(table.position(number)).wrong(0, "record " + number + " of $MFT " + reason);
        }

        private boolean isZero(byte[] bytes, int at) {
            for (int i = at; i < at + table.recordSize(); i++) {
                if (bytes[i] != 0) {
                    return false;
                }
            }
            return true;
        }

        private void look(MftRecord record) throws ImagingException {
            for (Attribute attribute : record.attributes()) {
                if (attribute instanceof Attribute.NonResident outside) {
                    addRuns(record, outside);
                }
                if (attribute.type() == Attribute.ATTRIBUTE_LIST && record.baseReference() == 0) {
                    lookForHolders(record, attribute);
                }
            }
            if (window.referred() > 2 * volume.boot().clusterCount()) {
                throw record.wrong("and those before it refer to more clusters than the volume has twice over");
            }
        }

        private void addRuns(MftRecord record, Attribute.NonResident attribute) throws FileSystemException {
            long clusterCount = volume.boot().clusterCount();
            MappingPairs runs = new MappingPairs(attribute, "record " + record.number());
            while (runs.next()) {
                long lcn = runs.lcn();
                long length = runs.length();
                if (runs.isHole()) {
                    continue;
                }
                if (length <= 0 || lcn < 0 || lcn >= clusterCount || length > clusterCount - lcn) {
                    throw runs.place().wrong(0, "a run of record " + record.number() + " has " + length
                            + " clusters at cluster " + lcn + "; the volume has " + clusterCount);
                }
                window.add(lcn, lcn + length);
            }
        }

        /** Each further record of a file must be there, as its runs are found in no other way. */
        private void lookForHolders(MftRecord base, Attribute list) throws ImagingException {
            Set<Long> seen = new HashSet<>();
            for (AttributeList.Entry entry : AttributeList.entries(list, base, volume)) {
                if (MftRecord.numberIn(entry.reference()) != base.number() && seen.add(entry.reference())) {
                    if (++holders > table.recordCount()) {
                        throw base.wrong("and those before it name more further records than $MFT has");
                    }
                    mft.holder(entry, base);
                }
            }
        }
    }
}
