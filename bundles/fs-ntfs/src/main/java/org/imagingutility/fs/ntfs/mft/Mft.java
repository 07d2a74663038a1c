package org.imagingutility.fs.ntfs.mft;

import java.util.Optional;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.ntfs.runs.DataStream;
import org.imagingutility.fs.ntfs.runs.RunList;
import org.imagingutility.fs.ntfs.runs.StreamSizes;
import org.imagingutility.fs.ntfs.runs.Volume;
import org.imagingutility.fs.ntfs.structure.Attribute;
import org.imagingutility.fs.ntfs.structure.BootSector;
import org.imagingutility.fs.ntfs.structure.MftRecord;
import org.imagingutility.fs.ntfs.structure.Place;

/**
 * The master file table: reads its records, and finds the clusters of a file's streams. For one thread.
 *
 * <p>A damaged record 0 is refused and {@code $MFTMirr} not used: where the two differ, neither can be trusted.
 */
public final class Mft {
    private static final long MIRROR = 1;

    private final Volume volume;
    private final RunList runs;
    private MftRecord self;
    /** Bytes of the table that were ever written; not known before its runs are. */
    private long initialisedSize = Long.MAX_VALUE;

    private Mft(Volume volume) {
        this.volume = volume;
        this.runs = volume.newRunList();
    }

    private record StreamId(int type, String name) {
        boolean isOf(Attribute attribute) {
            return attribute.type() == type && attribute.name().equals(name);
        }

        boolean isOf(AttributeList.Entry entry) {
            return entry.type() == type && entry.name().equals(name);
        }
    }

    /**
     * A stream of a file.
     *
     * @param first its first piece, which has the sizes; they fit the runs
     * @param runs all its runs
     */
    public record Data(Attribute.NonResident first, RunList runs) {
    }

    /** Opens the table. Its own clusters may be told of by records that are themselves in clusters told of before. */
    public static Mft open(Volume volume) throws ImagingException {
        Mft mft = new Mft(volume);
        BootSector boot = volume.boot();
        long offset = boot.mftCluster() * boot.clusterSize();
        byte[] raw = new byte[boot.recordSize()];
        volume.reader().read(offset, raw.length).get(raw);
        mft.self = MftRecord.parse(raw, 0, volume.start().from(offset));
        Attribute.NonResident first = mft.gather(mft.self, new StreamId(Attribute.DATA, ""), "$MFT", mft.runs);
        if (mft.runs.lcn(0) != boot.mftCluster()) {
            throw first.place().wrong(first.runsAt(), "$MFT begins in cluster " + mft.runs.lcn(0)
                    + ", according to the boot sector in cluster " + boot.mftCluster());
        }
        mft.initialisedSize = first.initialisedSize();
        return mft;
    }

    /** Returns record 0. */
    public MftRecord self() {
        return self;
    }

    /** Returns the copy of record 0 in {@code $MFTMirr}, if that can be found and is sound. */
    public Optional<MftRecord> readMirrored() throws ImagingException {
        try {
            DataStream mirror = volume.stream(data(readBase(MIRROR), "$MFTMirr").runs());
            return Optional.of(MftRecord.parse(mirror.read(volume.reader(), 0, volume.boot().recordSize()), 0,
                    mirror.place(0)));
        } catch (FileSystemException | DeviceException unknown) {
            // a mirror that was torn or never written says nothing against the table
            return Optional.empty();
        }
    }

    /** Returns how many records the table has, in use or not. */
    public long recordCount() {
        return Math.min(initialisedSize, volume.bytesOf(runs)) / volume.boot().recordSize();
    }

    /** Returns where the table is. */
    public RunList runs() {
        return runs;
    }

    /** Reads a record that is no extension of another. */
    public MftRecord readBase(long number) throws ImagingException {
        MftRecord record = read(number, self.place());
        requireBase(record);
        return record;
    }

    /** Finds the unnamed data of a file; {@code what} names it for messages. */
    public Data data(MftRecord base, String what) throws ImagingException {
        return stream(base, Attribute.DATA, "", what);
    }

    /** Finds the stream of a file that has this type and name; {@code what} names the file for messages. */
    public Data stream(MftRecord base, int type, String name, String what) throws ImagingException {
        RunList found = volume.newRunList();
        return new Data(gather(base, new StreamId(type, name), what, found), found);
    }

    /** Appends the runs of all pieces to {@code target} and returns the first piece. */
    private Attribute.NonResident gather(MftRecord base, StreamId id, String what, RunList target)
            throws ImagingException {
        requireBase(base);
        Optional<Attribute> list = base.find(Attribute.ATTRIBUTE_LIST);
        Attribute.NonResident first = null;
        if (list.isEmpty()) {
            first = piece(base, id, 0, what);
            target.append(first, what);
        } else {
            for (AttributeList.Entry entry : AttributeList.entries(list.get(), base, volume)) {
                if (!id.isOf(entry)) {
                    continue;
                }
                Attribute.NonResident piece = piece(holder(entry, base), id, entry.lowestVcn(), what);
                target.append(piece, what);
                first = first == null ? piece : first;
            }
        }
        if (first == null || target.count() == 0) {
            throw base.wrong("(" + what + ") has no clusters for its data");
        }
        StreamSizes.check(first, volume.bytesOf(target), what);
        return first;
    }

    /**
     * Returns the further record of a file that an entry of its attribute list names.
     *
     * @throws FileSystemException if it is damaged, not in use, or of another file
     */
    public MftRecord holder(AttributeList.Entry entry, MftRecord base) throws ImagingException {
        long number = MftRecord.numberIn(entry.reference());
        if (number == base.number()) {
            return base;
        }
        MftRecord record = read(number, entry.place());
        if (record.baseReference() == 0 || MftRecord.numberIn(record.baseReference()) != base.number()
                || MftRecord.sequenceIn(record.baseReference()) != base.sequence()) {
            throw record.wrong("should extend record " + base.number() + ", but is of another file");
        }
        if (record.sequence() != MftRecord.sequenceIn(entry.reference())) {
            throw record.wrong("has the sequence number " + record.sequence() + ", record " + base.number()
                    + " refers to " + MftRecord.sequenceIn(entry.reference()));
        }
        return record;
    }

    private static Attribute.NonResident piece(MftRecord record, StreamId id, long lowestVcn, String what)
            throws FileSystemException {
        Attribute.NonResident found = null;
        for (Attribute attribute : record.attributes()) {
            if (!id.isOf(attribute)) {
                continue;
            }
            if (!(attribute instanceof Attribute.NonResident piece)) {
                throw attribute.place().wrong(Attribute.FORM_AT, "the data of " + what
                        + " stands in its record, not in clusters");
            }
            if (piece.lowestVcn() == lowestVcn) {
                if (found != null) {
                    throw piece.place().wrong(Attribute.LOWEST_VCN_AT, "record " + record.number()
                            + " of $MFT has cluster " + lowestVcn + " of " + what + " twice");
                }
                found = piece;
            }
        }
        if (found == null) {
            throw record.wrong("has no data of " + what + " from its cluster " + lowestVcn + " on");
        }
        return found;
    }

    private MftRecord read(long number, Place neededBy) throws ImagingException {
        int size = volume.boot().recordSize();
        // while the table is being opened, only records whose runs are known already can be read
        long readable = recordCount();
        if (number >= readable) {
            throw neededBy.wrong(0, "record " + number + " of $MFT is needed, but only " + readable
                    + " records can be read");
        }
        long position = number * size;
        DataStream stream = volume.stream(runs);
        return MftRecord.parse(stream.read(volume.reader(), position, size), number, stream.place(position));
    }

    private static void requireBase(MftRecord record) throws FileSystemException {
        if (record.baseReference() != 0) {
            throw record.wrong("is an extension of record " + MftRecord.numberIn(record.baseReference())
                    + ", expected a file of its own");
        }
    }
}
