package org.imagingutility.allocator.ntfs;

import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;

/** A pass over the clusters in use, and over what follows the last cluster. For one thread. */
final class BitmapCursor implements ExtentCursor {
    private final NtfsAllocation allocation;
    private final BitmapReader bitmap;
    private final long deviceLength;
    /** Cluster behind the last extent. */
    private long position;
    private long offset;
    private long length;
    /** False while a step is under way, and for good when it failed: a pass cut short must not look complete. */
    private boolean usable = true;
    private boolean closed;

    /** Creates a pass that reads through {@code reader}, which is its own. */
    BitmapCursor(NtfsAllocation allocation, AlignedReader reader) {
        this.allocation = allocation;
        this.bitmap = new BitmapReader(reader, allocation.bitmap(), allocation.boot().clusterCount());
        this.deviceLength = reader.deviceLength();
    }

    @Override
    public boolean next() throws ImagingException {
        if (closed || !usable) {
            throw new IllegalStateException(closed ? "the cursor is closed" : "the pass has failed before");
        }
        usable = false;
        boolean found = advance();
        usable = true;
        return found;
    }

    @Override
    public long offset() {
        return offset;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void close() {
        closed = true;
    }

    private boolean advance() throws ImagingException {
        BootSector boot = allocation.boot();
        if (offset + length == deviceLength) {
            return false;
        }
        long start = bitmap.find(true, position);
        refuseReserved(position, start);
        position = bitmap.find(false, start);
        offset = start * boot.clusterSize();
        // what follows the last cluster (the copy of the boot sector, surplus bytes) always counts as in use
        length = (position == boot.clusterCount() ? deviceLength : position * boot.clusterSize()) - offset;
        return length > 0;
    }

    /** Refuses clusters {@code [from, to)}, which the bitmap has free, if one of them cannot be. */
    private void refuseReserved(long from, long to) throws FileSystemException {
        long wrong = allocation.reserved().firstIn(from, to);
        if (wrong >= 0) {
            throw allocation.bitmap().place(wrong / Byte.SIZE).wrong(0, "the bitmap has cluster " + wrong
                    + " free, which holds the boot sector, $MFT or $Bitmap itself");
        }
    }
}
