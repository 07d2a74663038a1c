package org.imagingutility.allocator.fat;

import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.ImagingException;

/** A pass over what precedes the clusters, the clusters in use, and what follows the last one. For one thread. */
final class FatCursor implements ExtentCursor {
    private final Layout layout;
    private final FatReader fats;
    private final long deviceLength;
    /** Cluster behind the last extent. */
    private long position = FatType.FIRST_CLUSTER;
    private long offset;
    private long length;
    /** False while a step is under way, and for good when it failed: a pass cut short must not look complete. */
    private boolean usable = true;
    private boolean closed;

    /** Creates a pass over the volume on {@code device}. */
    FatCursor(Device device, Layout layout) {
        this.layout = layout;
        this.fats = new FatReader(device, layout);
        this.deviceLength = device.length();
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
        if (offset + length == deviceLength) {
            return false;
        }
        // the first extent begins with the boot sector, whether or not the first cluster continues it
        boolean first = length == 0;
        long start = first ? position : fats.find(true, position);
        position = fats.find(false, start);
        offset = first ? 0 : layout.offsetOf(start);
        length = (position == layout.entryCount() ? deviceLength : layout.offsetOf(position)) - offset;
        return length > 0;
    }
}
