package org.imagingutility.allocator.ntfs;

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
        return of(new NtfsAllocator().recognise(device).orElseThrow(() -> new AssertionError("not recognised")),
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

    /** Returns what a bitmap means, told in the plainest way: cluster by cluster. */
    static ExtentList model(BitSet inUse, long clusterCount, int clusterSize, long deviceLength) {
        ExtentList.Builder expected = new ExtentList.Builder();
        for (int cluster = 0; cluster < clusterCount; cluster++) {
            if (inUse.get(cluster)) {
                expected.add((long) cluster * clusterSize, clusterSize);
            }
        }
        long clustered = clusterCount * clusterSize;
        if (deviceLength > clustered) {
            expected.add(clustered, deviceLength - clustered);
        }
        return expected.build();
    }

    /** Returns what the bitmap of {@code volume} means. */
    static ExtentList model(VolumeBuilder volume) {
        return model(volume.inUse, volume.clusterCount, volume.clusterSize, volume.deviceLength());
    }
}
