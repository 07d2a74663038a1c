package org.imagingutility.files.ext;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.FileRange;
import org.imagingutility.fs.ext.layout.Place;

/** The blocks of a directory, read a stretch at a time. Holes have no entries. For one thread. */
final class MappedBlocks implements DirectoryBlocks.Source {
    private static final int STRETCH = 64 << 10;

    private final Volume volume;
    private final Runs runs;
    private final long end;
    private final int blockSize;
    private long next;
    private ByteBuffer stretch;
    private long stretchAt;
    private int given;
    private Place place;

    /** Creates a source of the first {@code blocks} blocks, of which a volume has as many. */
    MappedBlocks(Volume volume, Runs runs, long blocks) {
        this.volume = volume;
        this.runs = runs;
        this.end = blocks;
        this.blockSize = volume.geometry().blockSize();
        this.place = volume.place(0);
    }

    @Override
    public ByteBuffer next() throws ImagingException {
        while (stretch == null || given == stretch.limit()) {
            stretch = null;
            if (next >= end) {
                return null;
            }
            load();
        }
        ByteBuffer block = stretch.slice(given, blockSize).order(ByteOrder.LITTLE_ENDIAN);
        place = volume.place(volume.geometry().offset(stretchAt) + given);
        given += blockSize;
        return block;
    }

    private void load() throws ImagingException {
        long at = next;
        // where this fails, the next call goes on behind the block
        next++;
        Run run = runs.at(at, end - at);
        next = at + run.blocks();
        if (run.kind() != FileRange.Kind.DATA) {
            return;
        }
        int blocks = (int) Math.min(run.blocks(), Math.max(1, STRETCH / blockSize));
        next = at + blocks;
        stretch = volume.read(volume.geometry().offset(run.start()), blocks * blockSize);
        stretchAt = run.start();
        given = 0;
    }

    @Override
    public Place place() {
        return place;
    }
}
