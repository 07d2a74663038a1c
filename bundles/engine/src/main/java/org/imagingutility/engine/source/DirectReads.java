package org.imagingutility.engine.source;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.ImagingException;

/**
 * Reads of a device in the threads and into the buffers of those who want the bytes. When the job is stopped, those that are under way
 * are ended where the device can do that: one that hangs must not hold the job. Used by several threads at once.
 */
final class DirectReads {
    /** More than there are threads that read; a read that finds no place is not ended. */
    private static final int PLACES = 64;

    private final Device device;
    private final AtomicReferenceArray<ByteBuffer> underWay = new AtomicReferenceArray<>(PLACES);
    private volatile boolean stopped;

    DirectReads(Device device) {
        this.device = device;
    }

    /**
     * Reads {@code target.remaining()} bytes.
     *
     * @throws CancelledException if the reads were stopped, before this one or while it was under way
     */
    void read(long offset, ByteBuffer target) throws ImagingException {
        int place = place(target);
        try {
            // behind the place: who stops and does not see it is seen here
            if (stopped) {
                throw new CancelledException("reading");
            }
            device.read(offset, target);
        } catch (ImagingException e) {
            if (stopped && !(e instanceof CancelledException)) {
                CancelledException cancelled = new CancelledException("reading");
                cancelled.addSuppressed(e);
                throw cancelled;
            }
            throw e;
        } finally {
            if (place < PLACES) {
                underWay.set(place, null);
            }
        }
    }

    private int place(ByteBuffer target) {
        int place = 0;
        while (place < PLACES && !underWay.compareAndSet(place, null, target)) {
            place++;
        }
        return place;
    }

    /** Ends those that are under way, and begins no other. */
    void stop() {
        stopped = true;
        for (int place = 0; place < PLACES; place++) {
            ByteBuffer target = underWay.get(place);
            if (target != null) {
                device.cancelRead(target);
            }
        }
    }

    /** Lets reads continue. */
    void restart() {
        stopped = false;
    }
}
