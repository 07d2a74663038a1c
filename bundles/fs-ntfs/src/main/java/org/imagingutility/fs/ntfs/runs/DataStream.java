package org.imagingutility.fs.ntfs.runs;

import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.ntfs.structure.Place;

/**
 * The bytes of a file's data that stand in clusters. Immutable.
 *
 * @param start where the first byte of the volume stands
 * @param clusterSize bytes of one cluster
 * @param runs where the clusters are; positions beyond them are not asked for
 */
public record DataStream(Place start, int clusterSize, RunList runs) {

    /** Returns where the byte at {@code position} stands on the device. */
    public long deviceOffset(long position) {
        long vcn = position / clusterSize;
        int run = runs.indexOf(vcn);
        return (runs.lcn(run) + vcn - runs.start(run)) * clusterSize + position % clusterSize;
    }

    /** Returns how many bytes from {@code position} on follow one another on the device. */
    public long contiguous(long position) {
        int run = runs.indexOf(position / clusterSize);
        return (runs.start(run) + runs.length(run)) * clusterSize - position;
    }

    /** Returns the place of what begins at {@code position}. */
    public Place place(long position) {
        return new Place(start.device(), start.remedy(), this::deviceOffset).from(position);
    }

    /** Reads {@code length} bytes from {@code position} on; the caller has checked that they are there. */
    public byte[] read(AlignedReader reader, long position, int length) throws ImagingException {
        byte[] target = new byte[length];
        int done = 0;
        while (done < length) {
            int part = (int) Math.min(length - done, contiguous(position + done));
            reader.read(deviceOffset(position + done), part).get(target, done, part);
            done += part;
        }
        return target;
    }
}
