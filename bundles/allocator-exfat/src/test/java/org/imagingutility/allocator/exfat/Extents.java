package org.imagingutility.allocator.exfat;

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
        return of(new ExfatAllocator().recognise(device).orElseThrow(() -> new AssertionError("not recognised")),
                device);
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
}
