package org.imagingutility.allocator.ext;

import java.util.BitSet;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.ImagingException;

/** What tests want of extents. */
final class Extents {
    private Extents() {
    }

    /** Recognises the volume and returns its extents. */
    static ExtentList of(Device device) throws ImagingException {
        return of(new ExtAllocator().recognise(device).orElseThrow(() -> new AssertionError("not recognised")), device);
    }

    /** Passes over the extents, checks that they are in order, do not touch and lie on the device, and returns them. */
    static ExtentList of(Allocation allocation, Device device) throws ImagingException {
        ExtentList.Builder found = new ExtentList.Builder();
        long end = -1;
        try (ExtentCursor cursor = allocation.extents()) {
            while (cursor.next()) {
                if (cursor.offset() <= end || cursor.length() <= 0
                        || cursor.length() > device.length() - cursor.offset()) {
                    throw new AssertionError("extent " + cursor.offset() + "+" + cursor.length() + " after " + end);
                }
                found.add(cursor.offset(), cursor.length());
                end = cursor.offset() + cursor.length();
            }
            if (cursor.next()) {
                throw new AssertionError("an extent after the end");
            }
        }
        return found.build();
    }

    /** Returns what blocks in use mean, told in the plainest way: block by block. */
    static ExtentList model(BitSet inUse, long blockCount, int blockSize, long deviceLength) {
        ExtentList.Builder expected = new ExtentList.Builder();
        for (int block = 0; block < blockCount; block++) {
            if (inUse.get(block)) {
                expected.add((long) block * blockSize, blockSize);
            }
        }
        long end = blockCount * blockSize;
        if (deviceLength > end) {
            expected.add(end, deviceLength - end);
        }
        return expected.build();
    }
}
