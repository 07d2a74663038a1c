package org.imagingutility.files.fat;

import java.nio.ByteBuffer;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.FileContent;
import org.imagingutility.api.files.VolumeDevice;
import org.imagingutility.fs.fat.Layout;
import org.imagingutility.fs.fat.Place;

/** The content of a file. For one thread. */
final class FatContent implements FileContent {
    private final VolumeDevice volume;
    private final Layout layout;
    private final FileClusters clusters;
    private final long length;
    private final Place place;
    private boolean closed;

    /** Creates the content; {@code clusters} is null if there are none. */
    FatContent(VolumeDevice volume, Layout layout, FileClusters clusters, long length, Place place) {
        this.volume = volume;
        this.layout = layout;
        this.clusters = clusters;
        this.length = length;
        this.place = place;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void read(long offset, ByteBuffer target) throws ImagingException {
        if (closed) {
            throw new IllegalStateException("the content is closed");
        }
        if (offset < 0 || offset > length || target.remaining() > length - offset) {
            throw new IllegalArgumentException("bytes " + offset + "+" + target.remaining() + " of a content of " + length);
        }
        int limit = target.limit();
        int size = layout.clusterSize();
        long position = offset;
        try {
            while (target.position() < limit) {
                long index = position / size;
                long cluster = clusters.at(index);
                if (cluster < 0) {
                    throw place.wrong(0, "a file has " + length + " bytes, its chain ends before byte " + position);
                }
                int inside = (int) (position % size);
                long most = ((long) limit - target.position() + inside + size - 1) / size;
                long there = clusters.contiguous(index, most) * size - inside;
                int bytes = (int) Math.min(limit - target.position(), there);
                target.limit(target.position() + bytes);
                volume.read(layout.offsetOf(cluster) + inside, target);
                position += bytes;
                target.limit(limit);
            }
        } finally {
            target.limit(limit);
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
