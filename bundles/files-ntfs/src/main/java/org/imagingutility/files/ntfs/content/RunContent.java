package org.imagingutility.files.ntfs.content;

import java.nio.ByteBuffer;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.FileRange;
import org.imagingutility.api.files.VolumeDevice;
import org.imagingutility.fs.ntfs.runs.RunList;
import org.imagingutility.fs.ntfs.structure.Attribute;
import org.imagingutility.fs.ntfs.structure.Place;

/** A value that stands in clusters as it is, with holes, and an end that may never have been written. */
final class RunContent extends StoredContent {
    private final VolumeDevice device;
    private final int clusterSize;
    private final Attribute.NonResident first;
    private final RunList runs;
    private final long initialised;
    /** The run that was needed last. */
    private int last;

    /** Creates the content; sizes and runs have been checked. */
    RunContent(VolumeDevice device, int clusterSize, Attribute.NonResident first, RunList runs) {
        super(first.dataSize());
        this.device = device;
        this.clusterSize = clusterSize;
        this.first = first;
        this.runs = runs;
        this.initialised = first.initialisedSize();
    }

    @Override
    protected void fill(long offset, ByteBuffer target) throws ImagingException {
        int limit = target.limit();
        long position = offset;
        while (target.position() < limit) {
            int left = limit - target.position();
            if (position >= initialised) {
                zeros(target, left);
                return;
            }
            int run = run(position);
            int part = (int) Math.min(left, Math.min(initialised, end(run)) - position);
            if (runs.lcn(run) == RunList.HOLE) {
                zeros(target, part);
            } else {
                target.limit(target.position() + part);
                device.read(deviceOffset(run, position), target);
                target.limit(limit);
            }
            position += part;
        }
    }

    @Override
    protected FileRange look(long offset, long limit) {
        int run = run(offset);
        boolean hole = runs.lcn(run) == RunList.HOLE;
        if (hole || offset >= initialised) {
            return new FileRange(Math.min(limit, end(run) - offset), hole ? FileRange.Kind.HOLE : FileRange.Kind.UNWRITTEN);
        }
        long end = end(run);
        while (end < Math.min(initialised, offset + limit) && runs.lcn(run + 1) != RunList.HOLE) {
            run++;
            end = end(run);
        }
        return new FileRange(Math.min(limit, Math.min(initialised, end) - offset), FileRange.Kind.DATA);
    }

    @Override
    public Place place(long position) {
        int run = run(position);
        return runs.lcn(run) == RunList.HOLE ? first.place().from(first.runsAt())
                : new Place(first.place().device(), first.place().remedy(), at -> deviceOffset(run(position + at), position + at));
    }

    private int run(long position) {
        long vcn = position / clusterSize;
        if (vcn < runs.start(last) || vcn >= runs.start(last) + runs.length(last)) {
            last = runs.indexOf(vcn);
        }
        return last;
    }

    private long end(int run) {
        return (runs.start(run) + runs.length(run)) * clusterSize;
    }

    private long deviceOffset(int run, long position) {
        return (runs.lcn(run) - runs.start(run)) * clusterSize + position;
    }
}
