package org.imagingutility.engine.layout;

import java.util.Iterator;
import java.util.List;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.error.ImagingException;

/** The extents of the regions of a disk, one region behind the other; what touches across a border is one extent. For one thread. */
final class DiskPass implements ExtentCursor {
    private final Iterator<DiskRegion> regions;
    private DiskRegion region;
    /** The pass over {@link #region}; null before the first and behind the last. */
    private ExtentCursor inside;
    private long offset;
    private long end;
    /** Whether an extent was found that is not given out yet: it stands in these. */
    private boolean pending;
    private long pendingOffset;
    private long pendingEnd;

    /** Creates a pass over regions in order, none of which overlaps another. */
    DiskPass(List<DiskRegion> regions) {
        this.regions = regions.iterator();
    }

    @Override
    public boolean next() throws ImagingException {
        if (!pending && !find()) {
            return false;
        }
        offset = pendingOffset;
        end = pendingEnd;
        pending = false;
        while (find()) {
            if (pendingOffset != end) {
                return true;
            }
            end = pendingEnd;
            pending = false;
        }
        return true;
    }

    /** Finds the next extent of a region. */
    private boolean find() throws ImagingException {
        while (inside != null || regions.hasNext()) {
            if (inside == null) {
                region = regions.next();
                inside = region.extents();
            }
            if (inside.next()) {
                pendingOffset = region.offset() + inside.offset();
                pendingEnd = pendingOffset + inside.length();
                pending = true;
                return true;
            }
            close();
        }
        return false;
    }

    @Override
    public long offset() {
        return offset;
    }

    @Override
    public long length() {
        return end - offset;
    }

    @Override
    public void close() throws ImagingException {
        ExtentCursor open = inside;
        inside = null;
        if (open != null) {
            open.close();
        }
    }
}
