package org.imagingutility.files.exfat;

import java.nio.ByteBuffer;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.FileContent;
import org.imagingutility.api.files.FileRange;
import org.imagingutility.api.files.VolumeDevice;
import org.imagingutility.fs.exfat.BootSector;
import org.imagingutility.fs.exfat.Place;

/** The content of a file: what was written of it, and zeros behind that. For one thread. */
final class ExfatContent implements FileContent {
    private final VolumeDevice volume;
    private final BootSector boot;
    private final FileClusters clusters;
    private final long length;
    private final long valid;
    private final Place place;
    private boolean closed;

    /** Creates the content; {@code clusters} is null if there are none. */
    ExfatContent(VolumeDevice volume, BootSector boot, FileClusters clusters, ExfatNode node, Place place) {
        this.volume = volume;
        this.boot = boot;
        this.clusters = clusters;
        this.length = node.length();
        this.valid = node.valid();
        this.place = place;
    }

    @Override
    public long length() {
        return length;
    }

    private void check(long offset, int bytes) {
        if (closed) {
            throw new IllegalStateException("the content is closed");
        }
        if (offset < 0 || offset > length || bytes > length - offset) {
            throw new IllegalArgumentException("bytes " + offset + "+" + bytes + " of a content of " + length);
        }
    }

    @Override
    public void read(long offset, ByteBuffer target) throws ImagingException {
        check(offset, target.remaining());
        int limit = target.limit();
        long position = offset;
        try {
            while (target.position() < limit && position < valid) {
                int bytes = (int) Math.min(Math.min(limit - target.position(), valid - position), there(position, limit - target.position()));
                target.limit(target.position() + bytes);
                volume.read(boot.offsetOf(clusters.at(position / boot.clusterSize())) + position % boot.clusterSize(), target);
                position += bytes;
                target.limit(limit);
            }
        } finally {
            target.limit(limit);
        }
        while (target.hasRemaining()) {
            target.put((byte) 0);
        }
    }

    /** Returns how many bytes from {@code position} on follow one another on the volume; those up to {@code most} are of interest. */
    private long there(long position, long most) throws ImagingException {
        long index = position / boot.clusterSize();
        if (clusters.at(index) < 0) {
            throw place.wrong(0, "a file has " + length + " bytes, its chain ends before byte " + position);
        }
        long inside = position % boot.clusterSize();
        return clusters.neighbours(index, (most + inside + boot.clusterSize() - 1) / boot.clusterSize()) * boot.clusterSize() - inside;
    }

    @Override
    public FileRange range(long offset, long limit) {
        check(offset, 0);
        boolean written = offset < valid;
        return new FileRange(Math.min(limit, (written ? valid : length) - offset), written ? FileRange.Kind.DATA : FileRange.Kind.UNWRITTEN);
    }

    @Override
    public void close() {
        closed = true;
    }
}
