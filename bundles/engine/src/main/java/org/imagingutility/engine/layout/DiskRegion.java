package org.imagingutility.engine.layout;

import java.util.Optional;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.allocator.WholeDevicePass;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.engine.probe.ProbeResult;

/**
 * A range of a disk of which one image of the whole disk keeps something.
 *
 * @param number number of the partition that it is; 0 if it is none
 * @param offset first byte on the disk
 * @param length bytes
 * @param content what of it is in use; empty if all of it is kept
 */
record DiskRegion(int number, long offset, long length, Optional<ProbeResult> content) {

    /** Returns a range in no partition, all of which is kept. */
    static DiskRegion whole(long offset, long length) {
        return new DiskRegion(0, offset, length, Optional.empty());
    }

    /** Starts a pass over what is in use, in bytes from the beginning of the range on. The caller closes it. */
    ExtentCursor extents() throws ImagingException {
        return content.isPresent() ? content.get().allocation().extents() : new WholeDevicePass(length);
    }
}
