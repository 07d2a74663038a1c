package org.imagingutility.tck.allocator;

import java.util.BitSet;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.Allocator;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.ImagingException;

/** What tests of allocators want of extents. */
public final class ExtentsInUse {
    private ExtentsInUse() {
    }

    /** Returns the extents of the volume on {@code device}, which {@code allocator} recognises. */
    public static ExtentList of(Allocator allocator, Device device) throws ImagingException {
        return of(allocator.recognise(device).orElseThrow(() -> new AssertionError("not recognised")), device);
    }

    /** Passes over the extents, checks that they are in order, do not touch and lie on the device, and returns them. */
    public static ExtentList of(Allocation allocation, Device device) throws ImagingException {
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

    /**
     * Returns what clusters in use mean, told in the plainest way: cluster by cluster, and all that follows the last one.
     *
     * @param clusterCount number of clusters, the first of which is at byte 0
     * @param clusterSize bytes of a cluster
     * @param deviceLength bytes of the device
     */
    public static ExtentList model(BitSet inUse, long clusterCount, int clusterSize, long deviceLength) {
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
}
