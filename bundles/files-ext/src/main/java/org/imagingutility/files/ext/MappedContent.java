package org.imagingutility.files.ext;

import java.nio.ByteBuffer;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.FileContent;
import org.imagingutility.api.files.FileRange;

/** Content that stands in blocks. For one thread. */
final class MappedContent implements FileContent {
    private final Volume volume;
    private final Runs runs;
    private final long length;
    private final int blockSize;
    private Run run;
    private long runAt;
    private boolean closed;

    MappedContent(Volume volume, Runs runs, long length) {
        this.volume = volume;
        this.runs = runs;
        this.length = length;
        this.blockSize = volume.geometry().blockSize();
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void read(long offset, ByteBuffer target) throws ImagingException {
        Contents.check(closed, length, offset, target.remaining());
        int limit = target.limit();
        long position = offset;
        try {
            while (target.position() < limit) {
                int bytes = (int) Math.min(limit - target.position(), alike(position));
                target.limit(target.position() + bytes);
                if (run.kind() == FileRange.Kind.DATA) {
                    volume.device().read(volume.geometry().offset(run.start()) + (position - runAt * blockSize), target);
                } else {
                    Contents.zero(target);
                }
                position += bytes;
                target.limit(limit);
            }
        } finally {
            target.limit(limit);
        }
    }

    /** Finds the run that has the byte at {@code offset}, and returns how many bytes of it are left. */
    private long alike(long offset) throws ImagingException {
        long block = offset / blockSize;
        if (run == null || block < runAt || block - runAt >= run.blocks()) {
            run = null;
            run = runs.at(block, (length - 1) / blockSize - block + 1);
            runAt = block;
        }
        return (runAt + run.blocks()) * blockSize - offset;
    }

    @Override
    public FileRange range(long offset, long limit) throws ImagingException {
        Contents.check(closed, length, offset, 0);
        long most = Math.min(limit, length - offset);
        long found = alike(offset);
        FileRange.Kind kind = run.kind();
        while (found < most) {
            long more = alike(offset + found);
            if (run.kind() != kind) {
                break;
            }
            found += more;
        }
        return new FileRange(Math.min(most, found), kind);
    }

    @Override
    public void close() {
        closed = true;
    }
}
