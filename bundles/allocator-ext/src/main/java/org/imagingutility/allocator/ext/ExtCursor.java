package org.imagingutility.allocator.ext;

import org.imagingutility.allocator.ext.group.GroupBitmap;
import org.imagingutility.api.allocator.ExtentPass;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.ext.layout.Geometry;

/** A pass over the blocks in use, over the boot block and over what follows the last block. For one thread. */
final class ExtCursor extends ExtentPass {
    private static final long NO_RUN = -1;

    private final Geometry geometry;
    private final GroupLoader loader;
    private final GroupBitmap bitmap;
    private final long deviceLength;
    /** The group the bitmap is of. */
    private long group = -1;
    /** Cluster of the group behind what was looked at. */
    private int position;
    /** Byte offset of the run that is under way, or {@link #NO_RUN}. The boot block, block 0, always counts as in use. */
    private long runStart;

    /** Creates a pass over what {@code allocation} says. */
    ExtCursor(ExtAllocation allocation) {
        this.geometry = allocation.volume().geometry();
        this.loader = new GroupLoader(allocation);
        this.bitmap = new GroupBitmap(geometry.blockSize());
        this.deviceLength = allocation.device().length();
    }

    @Override
    protected boolean advance() throws ImagingException {
        while (group < geometry.groupCount()) {
            if (position == bitmap.count()) {
                group++;
                position = 0;
                if (group < geometry.groupCount()) {
                    loader.load(group, bitmap);
                }
                continue;
            }
            boolean wanted = runStart == NO_RUN;
            position = bitmap.find(wanted, position);
            if (position < bitmap.count()) {
                long here = geometry.offset(geometry.groupStart(group) + ((long) position << geometry.clusterShift()));
                if (wanted) {
                    runStart = here;
                } else {
                    return runEnds(here);
                }
            }
        }
        if (runStart == NO_RUN) {
            // surplus bytes behind the last block count as in use
            runStart = geometry.length();
        }
        return runStart < deviceLength && runEnds(deviceLength);
    }

    private boolean runEnds(long end) {
        long start = runStart;
        runStart = end == deviceLength ? deviceLength : NO_RUN;
        return found(start, end);
    }
}
