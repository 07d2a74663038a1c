package org.imagingutility.engine.resume;

import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.error.ImagingException;

/**
 * Compares what an unfinished image says is in use with what is in use on the device now, up to the end of the last chunk
 * of the image. For one thread.
 */
final class AllocationComparison {
    private final ExtentCursor device;
    private final long limit;
    private long deviceFrom;
    private long deviceTo;

    private AllocationComparison(ExtentCursor device, long limit) {
        this.device = device;
        this.limit = limit;
    }

    /**
     * Returns the first byte of device that is in use in one of them and not in the other, or -1 if there is none.
     *
     * @param device a pass over what is in use now
     * @param limit the image is of the bytes before
     */
    static long firstDifference(UnfinishedChunks image, ExtentCursor device, long limit) throws ImagingException {
        AllocationComparison pass = new AllocationComparison(device, limit);
        long end = 0;
        for (int i = 0; i < image.chunkCount(); i++) {
            UnfinishedChunk chunk = image.chunk(i);
            long difference = pass.throughExtents(chunk.plan().extents());
            if (difference >= 0) {
                return difference;
            }
            end = chunk.deviceEnd();
        }
        return pass.next() && pass.deviceFrom < end ? pass.deviceFrom : -1;
    }

    private long throughExtents(ExtentList extents) throws ImagingException {
        for (int i = 0; i < extents.count(); i++) {
            for (long at = extents.offset(i); at < extents.end(i); at = deviceFrom) {
                if (!next() || deviceFrom > at) {
                    return at;
                }
                if (deviceFrom < at) {
                    return deviceFrom;
                }
                // an extent that the image has in two chunks is one on the device
                deviceFrom = Math.min(deviceTo, extents.end(i));
            }
        }
        return -1;
    }

    /** Makes {@code [deviceFrom, deviceTo)} what is not yet compared of the device's current extent; false at the end. */
    private boolean next() throws ImagingException {
        if (deviceFrom < deviceTo) {
            return true;
        }
        if (!device.next()) {
            return false;
        }
        deviceFrom = device.offset();
        deviceTo = Math.min(limit, deviceFrom + device.length());
        return deviceFrom < deviceTo;
    }
}
