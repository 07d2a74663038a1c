package org.imagingutility.engine.retry;

import java.nio.ByteBuffer;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.engine.source.GuardedDevice;

/** Reads what a frame lacks once more from the device. For one thread. */
final class FrameRetry {
    private final GuardedDevice device;
    private final ByteBuffer scratch;
    private long bytesRead;

    /** Creates retries; {@code scratch} is a page-aligned direct buffer as long as a frame. */
    FrameRetry(GuardedDevice device, ByteBuffer scratch) {
        this.device = device;
        this.scratch = scratch;
    }

    /**
     * Reads {@code missing}, and only the sectors that lie in it, and puts what can be read now into {@code content}.
     *
     * @param windowOffset offset on the device of the content's first byte
     * @return what is still missing
     */
    ExtentList read(ExtentList missing, long windowOffset, ByteBuffer content) throws ImagingException {
        ExtentList.Builder unreadable = new ExtentList.Builder();
        int sectorSize = device.sectorSize();
        long covered = 0;
        for (int i = 0; i < missing.count(); i++) {
            long from = Math.max(covered, missing.offset(i) / sectorSize * sectorSize);
            long to = Math.min(device.length(), (missing.end(i) - 1) / sectorSize * sectorSize + sectorSize);
            if (to > from) {
                bytesRead += device.readPieces(from, to, scratch, windowOffset, unreadable);
                covered = to;
            }
        }
        ExtentList failed = unreadable.build();
        ExtentList.Builder still = new ExtentList.Builder();
        for (int i = 0; i < missing.count(); i++) {
            int at = (int) (missing.offset(i) - windowOffset);
            // what failed is zeros in both
            content.put(at, scratch.clear(), at, (int) missing.length(i));
            ExtentList left = failed.within(missing.offset(i), missing.length(i));
            for (int k = 0; k < left.count(); k++) {
                still.add(left.offset(k), left.length(k));
            }
        }
        return still.build();
    }

    long bytesRead() {
        return bytesRead;
    }
}
