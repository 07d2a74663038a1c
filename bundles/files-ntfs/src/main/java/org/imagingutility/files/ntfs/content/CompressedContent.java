package org.imagingutility.files.ntfs.content;

import java.nio.ByteBuffer;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.FileRange;
import org.imagingutility.api.files.VolumeDevice;
import org.imagingutility.files.ntfs.compression.CompressedDataException;
import org.imagingutility.files.ntfs.compression.Lznt1;
import org.imagingutility.fs.ntfs.runs.RunList;
import org.imagingutility.fs.ntfs.structure.Attribute;
import org.imagingutility.fs.ntfs.structure.Place;

/**
 * A value that NTFS compresses, in units of some clusters (16 on volumes of Windows): a unit with all its clusters is stored as it is,
 * one with none is zeros, and one that has its first clusters only is LZNT1. The last unit that was expanded is kept.
 */
final class CompressedContent extends StoredContent {
    /** Windows compresses on volumes with clusters of up to 4 KiB: 64 KiB. */
    static final int MAX_UNIT = 1 << 20;

    /** Units that one look at a range goes through at most. */
    private static final long MOST_UNITS = 4096;

    private final VolumeDevice device;
    private final int clusterSize;
    private final Attribute.NonResident first;
    private final RunList runs;
    private final int unitClusters;
    private final int unitSize;
    private final Lznt1 decompressor = new Lznt1();
    private byte[] packed = new byte[0];
    private byte[] unit = new byte[0];
    private long kept = -1;

    /** Creates the content; sizes, runs and the size of the units have been checked. */
    CompressedContent(VolumeDevice device, int clusterSize, Attribute.NonResident first, RunList runs) {
        super(first.dataSize());
        this.device = device;
        this.clusterSize = clusterSize;
        this.first = first;
        this.runs = runs;
        this.unitClusters = 1 << first.compressionUnit();
        this.unitSize = unitClusters * clusterSize;
    }

    @Override
    protected void fill(long offset, ByteBuffer target) throws ImagingException {
        int limit = target.limit();
        long position = offset;
        while (target.position() < limit) {
            if (position >= first.initialisedSize()) {
                zeros(target, limit - target.position());
                return;
            }
            int within = (int) (position % unitSize);
            int part = (int) Math.min(Math.min(limit - target.position(), unitSize - within), first.initialisedSize() - position);
            fillFromUnit(position / unitSize, within, part, target);
            position += part;
        }
    }

    private void fillFromUnit(long index, int within, int part, ByteBuffer target) throws ImagingException {
        long clusters = clustersOf(index);
        long stored = storedClusters(index, clusters);
        if (stored == 0) {
            zeros(target, part);
        } else if (stored == clusters) {
            readStored(index * unitSize + within, part, target);
        } else {
            if (kept != index) {
                expand(index, (int) stored * clusterSize);
            }
            target.put(unit, within, part);
        }
    }

    /** Returns how many clusters the runs tell of for a unit: the last one may have fewer than the others. */
    private long clustersOf(long index) {
        return Math.min(unitClusters, runs.length() - index * unitClusters);
    }

    /** Returns how many clusters of a unit are stored: its first ones. */
    private long storedClusters(long index, long clusters) throws FileSystemException {
        long begin = index * unitClusters;
        long end = begin + clusters;
        long stored = 0;
        for (long vcn = begin; vcn < end;) {
            int run = runs.indexOf(vcn);
            long next = Math.min(end, runs.start(run) + runs.length(run));
            if (runs.lcn(run) != RunList.HOLE) {
                if (stored != vcn - begin) {
                    throw first.place().wrong(first.runsAt(), "clusters of a compressed unit follow a hole, from its cluster "
                            + stored + " to " + (vcn - begin));
                }
                stored += next - vcn;
            }
            vcn = next;
        }
        return stored;
    }

    private void readStored(long offset, int length, ByteBuffer target) throws ImagingException {
        int limit = target.position() + length;
        int whole = target.limit();
        long position = offset;
        while (target.position() < limit) {
            int run = runs.indexOf(position / clusterSize);
            long left = (runs.start(run) + runs.length(run)) * clusterSize - position;
            int part = (int) Math.min(limit - target.position(), left);
            target.limit(target.position() + part);
            device.read(deviceOffset(position), target);
            target.limit(whole);
            position += part;
        }
    }

    private void expand(long index, int length) throws ImagingException {
        if (unit.length == 0) {
            packed = new byte[unitSize];
            unit = new byte[unitSize];
        }
        kept = -1;
        readStored(index * unitSize, length, ByteBuffer.wrap(packed, 0, length));
        try {
            decompressor.decompress(packed, 0, length, unit, unitSize);
        } catch (CompressedDataException e) {
            long position = index * unitSize + Math.min(e.position(), length - 1);
            throw place(position).wrong(0, "the compressed data of byte " + index * unitSize + " and more is damaged: "
                    + e.getMessage());
        }
        kept = index;
    }

    @Override
    protected FileRange look(long offset, long limit) throws ImagingException {
        if (offset >= first.initialisedSize()) {
            return new FileRange(limit, FileRange.Kind.UNWRITTEN);
        }
        long index = offset / unitSize;
        boolean hole = isHole(index);
        long end = (index + 1) * unitSize;
        long most = Math.min(offset + limit, offset + MOST_UNITS * unitSize);
        while (end < most && isHole(end / unitSize) == hole) {
            end += unitSize;
        }
        long length = Math.min(limit, Math.min(end, first.initialisedSize()) - offset);
        return new FileRange(length, hole ? FileRange.Kind.HOLE : FileRange.Kind.DATA);
    }

    private boolean isHole(long index) throws FileSystemException {
        return storedClusters(index, clustersOf(index)) == 0;
    }

    private long deviceOffset(long position) {
        long vcn = position / clusterSize;
        int run = runs.indexOf(vcn);
        return (runs.lcn(run) + vcn - runs.start(run)) * clusterSize + position % clusterSize;
    }

    @Override
    public Place place(long position) {
        return runs.lcn(runs.indexOf(position / clusterSize)) == RunList.HOLE ? first.place().from(first.runsAt())
                : new Place(first.place().device(), first.place().remedy(), at -> deviceOffset(position + at));
    }
}
